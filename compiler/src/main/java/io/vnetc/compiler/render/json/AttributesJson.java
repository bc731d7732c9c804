// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.MalformedStateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one mapping of attributes: texts, whole numbers, flags, lists of lines, and groups of these. */
final class AttributesJson {
    private AttributesJson() {}

    static JsonObject write(Attributes attributes) {
        JsonObject object = new JsonObject();
        attributes.values().forEach((name, value) -> object.add(name, write(value)));
        return object;
    }

    private static JsonElement write(AttributeValue value) {
        if (value instanceof Attributes group) {
            return write(group);
        }
        if (value instanceof AttributeValue.Lines lines) {
            JsonArray array = new JsonArray(lines.lines().size());
            lines.lines().forEach(array::add);
            return array;
        }
        if (value instanceof AttributeValue.Whole whole) {
            return new JsonPrimitive(whole.number());
        }
        if (value instanceof AttributeValue.Flag flag) {
            return new JsonPrimitive(flag.on());
        }
        return new JsonPrimitive(((AttributeValue.Text) value).text());
    }

    static Attributes read(JsonObject object) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            values.put(member.getKey(), read(member.getKey(), member.getValue()));
        }
        return new Attributes(values);
    }

    private static AttributeValue read(String name, JsonElement element) {
        if (element instanceof JsonObject group) {
            return read(group);
        }
        if (element instanceof JsonArray array) {
            List<String> lines = new ArrayList<>(array.size());
            for (JsonElement line : array) {
                if (!(line instanceof JsonPrimitive text && text.isString())) {
                    throw new MalformedStateException("`" + name + "` is not a list of texts");
                }
                lines.add(line.getAsString());
            }
            return new AttributeValue.Lines(lines);
        }
        JsonPrimitive value = element.getAsJsonPrimitive();
        return value.isBoolean()
                ? new AttributeValue.Flag(value.getAsBoolean())
                : value.isNumber()
                        ? new AttributeValue.Whole(value.getAsLong())
                        : new AttributeValue.Text(value.getAsString());
    }
}
