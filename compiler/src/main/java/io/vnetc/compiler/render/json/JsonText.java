// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.vnetc.compiler.state.MalformedStateException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON text and trees (RFC 8259), of objects, arrays, texts, whole numbers and flags only. */
final class JsonText {
    private static final int MOST_NESTING = 32;
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private JsonText() {}

    /** Indented by two spaces, members in the order of the tree, with an end of line. */
    static String print(JsonElement tree) {
        return print(tree, "  ") + "\n";
    }

    /** In one line. */
    static String printCompact(JsonElement tree) {
        return print(tree, "");
    }

    private static String print(JsonElement tree, String indent) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = writer(text, indent)) {
            write(tree, writer);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes any text", e);
        }
        return text.toString();
    }

    private static JsonWriter writer(Writer text, String indent) {
        JsonWriter writer = new JsonWriter(text);
        writer.setStrictness(Strictness.STRICT);
        writer.setHtmlSafe(false);
        writer.setIndent(indent);
        return writer;
    }

    private static void write(JsonElement tree, JsonWriter writer) throws IOException {
        if (tree instanceof JsonObject object) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                writer.name(member.getKey());
                write(member.getValue(), writer);
            }
            writer.endObject();
        } else if (tree instanceof JsonArray array) {
            writer.beginArray();
            for (JsonElement element : array) {
                write(element, writer);
            }
            writer.endArray();
        } else if (tree instanceof JsonPrimitive value && value.isBoolean()) {
            writer.value(value.getAsBoolean());
        } else if (tree instanceof JsonPrimitive value && value.isNumber()) {
            writer.value(value.getAsLong());
        } else {
            writer.value(tree.getAsString());
        }
    }

    /** @throws MalformedStateException when it is no JSON, is cut short, goes on, or says a thing twice */
    static JsonElement parse(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MOST_NESTING);
        try (reader) {
            JsonElement tree = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedStateException("something follows the end of the JSON text");
            }
            return tree;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            // Gson's message ends in a hint at its own documentation.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new MalformedStateException("not JSON, or cut short: " + reason);
        }
    }

    private static JsonElement read(JsonReader reader) throws IOException {
        JsonToken token = reader.peek();
        return switch (token) {
            case BEGIN_OBJECT -> readObject(reader);
            case BEGIN_ARRAY -> {
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(read(reader));
                }
                reader.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(reader.nextString());
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NUMBER -> number(reader);
            default ->
                throw new MalformedStateException("a " + token + " at " + reader.getPath() + " has no place here");
        };
    }

    private static JsonObject readObject(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String path = reader.getPath();
            String name = reader.nextName();
            if (object.has(name)) {
                throw new MalformedStateException("`" + name + "` is there twice in " + path);
            }
            object.add(name, read(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonPrimitive number(JsonReader reader) throws IOException {
        String path = reader.getPath();
        String text = reader.nextString();
        if (!WHOLE.matcher(text).matches()) {
            throw new MalformedStateException(path + " is " + text + ", not a whole number");
        }
        return new JsonPrimitive(Long.parseLong(text));
    }
}
