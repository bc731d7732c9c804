// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.applier.qmp.QmpException.Reason;
import io.vnetc.applier.qmp.QmpLine.Deadline;
import io.vnetc.dsl.value.SocketPath;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A conversation with one QEMU. QEMU has one at a time on a socket: it is to be short, and while somebody else has his the
 * greeting does not come.
 */
public final class QmpConnection implements AutoCloseable {
    /** Events come unasked; nobody here wants more of them than this. */
    private static final int MOST_EVENTS = 1_000;

    private final QmpLine line;
    private final Duration patience;
    private final Deque<JsonObject> events = new ArrayDeque<>();
    private long requests;

    private QmpConnection(QmpLine line, Duration patience) {
        this.line = line;
        this.patience = patience;
    }

    /**
     * Connects, and agrees on what is spoken.
     *
     * @param patience for the greeting, and for each answer
     */
    public static QmpConnection open(SocketPath socket, Duration patience) throws QmpException {
        QmpLine line = QmpLine.open(socket, Deadline.in(patience));
        try {
            QmpConnection connection = new QmpConnection(line, patience);
            connection.greet();
            connection.execute("qmp_capabilities", new JsonObject());
            return connection;
        } catch (QmpException e) {
            line.close();
            throw e;
        }
    }

    private void greet() throws QmpException {
        JsonObject greeting;
        try {
            greeting = line.read(Deadline.in(patience));
        } catch (QmpException e) {
            throw new QmpException(
                    e.reason(),
                    e.reason() == Reason.SILENT && e.getCause() == null
                            ? e.getMessage() + "; QEMU speaks with one client at a time: is another one connected?"
                            : e.getMessage(),
                    e);
        }
        if (!(greeting.get("QMP") instanceof JsonObject)) {
            throw new QmpException(Reason.SILENT, "it does not greet as QEMU does: " + Shown.of(greeting.toString()));
        }
    }

    /**
     * Has a command done, and waits for its answer.
     *
     * @return what it returns
     */
    public JsonElement execute(String command, JsonObject arguments) throws QmpException {
        Deadline deadline = Deadline.in(patience);
        String id = "vnetc-" + ++requests;
        JsonObject request = new JsonObject();
        request.addProperty("execute", command);
        if (arguments.size() > 0) {
            request.add("arguments", arguments);
        }
        request.addProperty("id", id);
        line.write(request, deadline);
        while (true) {
            JsonObject answer = line.read(deadline);
            if (answer.has("event")) {
                keep(answer);
            } else if (new JsonPrimitive(id).equals(answer.get("id"))) {
                return result(command, answer);
            }
        }
    }

    /** The same, of a command without arguments. */
    public JsonElement execute(String command) throws QmpException {
        return execute(command, new JsonObject());
    }

    /** The same, of a command that returns a list. */
    public JsonArray list(String command, JsonObject arguments) throws QmpException {
        if (execute(command, arguments) instanceof JsonArray list) {
            return list;
        }
        throw new QmpException(Reason.SILENT, command + " returns no list");
    }

    /**
     * Waits for an event, which may have come since this was opened.
     *
     * @return it, or nothing when the time is over
     */
    public Optional<JsonObject> await(Predicate<JsonObject> wanted, Duration atMost) throws QmpException {
        Deadline deadline = Deadline.in(atMost);
        while (true) {
            while (!events.isEmpty()) {
                JsonObject event = events.poll();
                if (wanted.test(event)) {
                    return Optional.of(event);
                }
            }
            if (deadline.milliseconds() <= 0) {
                return Optional.empty();
            }
            try {
                keep(line.read(deadline));
            } catch (QmpException e) {
                if (deadline.milliseconds() > 0 || e.reason() != Reason.SILENT) {
                    throw e;
                }
            }
        }
    }

    private void keep(JsonObject event) throws QmpException {
        if (events.size() >= MOST_EVENTS) {
            throw new QmpException(Reason.SILENT, "it sends events without end");
        }
        events.add(event);
    }

    private static JsonElement result(String command, JsonObject answer) throws QmpException {
        if (answer.has("return")) {
            return answer.get("return");
        }
        String words = answer.get("error") instanceof JsonObject error
                        && error.get("desc") instanceof JsonPrimitive description
                ? description.getAsString()
                : answer.toString();
        throw new QmpException(Reason.REFUSED, command + ": " + Shown.of(words));
    }

    @Override
    public void close() {
        line.close();
    }
}
