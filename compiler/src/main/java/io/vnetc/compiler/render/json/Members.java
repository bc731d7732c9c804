// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.state.MalformedStateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the members of a JSON object, each of its type, and in the end none that was not asked for. */
final class Members {
    private final String path;
    private final JsonObject object;
    private final Set<String> asked = new HashSet<>();

    private Members(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    static Members of(String path, JsonElement element) {
        if (element instanceof JsonObject object) {
            return new Members(path, object);
        }
        throw new MalformedStateException("`" + path + "` is not an object");
    }

    JsonObject json() {
        return object;
    }

    String text(String name) {
        if (find(name) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw isNot(name, "a text");
    }

    /** From 1 to the largest int. */
    int count(String name) {
        if (find(name) instanceof JsonPrimitive value
                && value.isNumber()
                && value.getAsLong() >= 1
                && value.getAsLong() <= Integer.MAX_VALUE) {
            return (int) value.getAsLong();
        }
        throw isNot(name, "a number from 1");
    }

    /** One of an enum, in lower case with hyphens. */
    <E extends Enum<E>> E word(String name, Class<E> type) {
        String word = text(name);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        throw isNot(name, "one of the words that it may be");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Members members(String name) {
        return of(path(name), find(name));
    }

    Optional<Members> optionalMembers(String name) {
        return object.has(name) ? Optional.of(members(name)) : Optional.empty();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name)) {
            if (!(element instanceof JsonPrimitive value && value.isString())) {
                throw isNot(name, "a list of texts");
            }
            texts.add(element.getAsString());
        }
        return texts;
    }

    List<Members> list(String name) {
        List<Members> list = new ArrayList<>();
        for (JsonElement element : array(name)) {
            list.add(of(path(name) + "[" + list.size() + "]", element));
        }
        return list;
    }

    /** Takes note of a member that is not read, for it follows from others. */
    Members skip(String name) {
        find(name);
        return this;
    }

    /** @throws MalformedStateException when there is a member that was not asked for */
    void end() {
        for (String name : object.keySet()) {
            if (!asked.contains(name)) {
                throw new MalformedStateException("`" + path(name) + "` is not known to this version");
            }
        }
    }

    /** @throws MalformedStateException when it is not of this version and kind */
    void header(String kind) {
        String version = text("format_version");
        if (!version.equals(StateJson.FORMAT_VERSION)) {
            throw new MalformedStateException(
                    "its format is " + version + "; this version of vnetc reads " + StateJson.FORMAT_VERSION);
        }
        String actual = text("kind");
        if (!actual.equals(kind)) {
            throw new MalformedStateException("it is a " + actual + ", not a " + kind);
        }
    }

    private JsonArray array(String name) {
        if (find(name) instanceof JsonArray array) {
            return array;
        }
        throw isNot(name, "a list");
    }

    private JsonElement find(String name) {
        asked.add(name);
        JsonElement value = object.get(name);
        if (value == null) {
            throw new MalformedStateException("there is no `" + path(name) + "`");
        }
        return value;
    }

    private MalformedStateException isNot(String name, String what) {
        return new MalformedStateException("`" + path(name) + "` is not " + what);
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
