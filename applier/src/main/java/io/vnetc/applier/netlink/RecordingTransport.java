// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.Request;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes down what goes through another transport, for {@link ReplayingTransport} to play back. Four kinds of line:
 * {@code # operation}, {@code > request}, {@code < message}, {@code = acknowledgement}, the octets in hexadecimal.
 */
public final class RecordingTransport implements Transport {
    private final Transport transport;
    private final StringBuilder recording = new StringBuilder();

    /** Records what goes through {@code transport}, and closes it in the end. */
    public RecordingTransport(Transport transport) {
        this.transport = transport;
    }

    /** What was recorded so far. */
    public String recording() {
        return recording.toString();
    }

    @Override
    public List<Answer> exchange(List<Request> requests) throws NetlinkException {
        List<Answer> answers = transport.exchange(requests);
        for (Answer answer : answers) {
            write(answer);
        }
        return answers;
    }

    @Override
    public Answer dump(Request request) throws NetlinkException {
        Answer answer = transport.dump(request);
        write(answer);
        return answer;
    }

    private void write(Answer answer) {
        recording
                .append("# ")
                .append(answer.request().operation().replaceAll("\\p{Cntrl}", "?"))
                .append('\n');
        line('>', answer.request().message());
        for (Message message : answer.messages()) {
            line('<', message);
        }
        line('=', answer.last());
    }

    private void line(char kind, Message message) {
        String octets = HexFormat.of().formatHex(message.toOctets());
        recording.append(kind).append(' ').append(octets).append('\n');
    }

    @Override
    public void close() {
        transport.close();
    }
}
