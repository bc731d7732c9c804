// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.applier.netlink.wire.Protocol;
import io.vnetc.applier.netlink.wire.Request;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** Answers as a kernel once did, from what {@link RecordingTransport} wrote down, as long as it is asked the same. */
public final class ReplayingTransport implements Transport {
    private final Protocol protocol;
    private final Iterator<String> lines;

    /** Plays back a recording of this protocol. */
    public ReplayingTransport(Protocol protocol, String recording) {
        this.protocol = protocol;
        this.lines = recording.lines().iterator();
    }

    @Override
    public List<Answer> exchange(List<Request> requests) {
        List<Answer> answers = new ArrayList<>();
        for (Request request : requests) {
            answers.add(next(request));
        }
        return answers;
    }

    @Override
    public Answer dump(Request request) {
        return next(request);
    }

    private Answer next(Request request) {
        List<Message> messages = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            switch (line.isEmpty() ? '#' : line.charAt(0)) {
                case '#' -> {}
                case '>' -> {
                    Message recorded = message(line);
                    if (!recorded.equals(request.message())) {
                        throw new IllegalStateException("asked for " + request + "\nbut recorded is " + recorded);
                    }
                }
                case '<' -> messages.add(message(line));
                case '=' -> {
                    return new Answer(request, messages, message(line));
                }
                default -> throw new MessageFormatException("not a line of a recording: " + line);
            }
        }
        throw new IllegalStateException("the recording ends before " + request);
    }

    private Message message(String line) {
        try {
            return Message.split(protocol, HexFormat.of().parseHex(line.substring(2)))
                    .get(0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MessageFormatException("not a line of a recording: " + line);
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
