// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.List;

/** Resources, entries and places in the source. */
final class EntryJson {
    private final KindTable kinds;

    EntryJson(KindTable kinds) {
        this.kinds = kinds;
    }

    JsonObject write(Entry entry) {
        JsonObject object = new JsonObject();
        object.addProperty("address", entry.resource().address().toString());
        object.addProperty("standing", Members.word(entry.standing()));
        object.add("attributes", AttributesJson.write(entry.resource().attributes()));
        entry.former().ifPresent(former -> object.add("former", AttributesJson.write(former.attributes())));
        entry.origin().ifPresent(origin -> object.add("origin", write(origin)));
        return object;
    }

    Entry read(Members members) {
        ResourceAddress address = address(members);
        Entry entry = new Entry(
                resource(address, members.members("attributes")),
                members.word("standing", Standing.class),
                members.optionalMembers("former").map(former -> resource(address, former)),
                members.optionalMembers("origin").map(EntryJson::origin));
        members.end();
        return entry;
    }

    /** The resource, which has just these attributes: what its kind would leave aside is refused. */
    Resource resource(ResourceAddress address, Members members) {
        Attributes attributes = AttributesJson.read(members.json());
        Resource resource = kinds.read(address, attributes);
        if (!resource.attributes().equals(attributes)) {
            throw new MalformedStateException("`" + address + "` has attributes that are not in canonical form");
        }
        return resource;
    }

    static ResourceAddress address(Members members) {
        String text = members.text("address");
        try {
            return ResourceAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedStateException("`" + text + "` is not the address of a resource");
        }
    }

    static JsonObject write(Origin origin) {
        JsonObject object = new JsonObject();
        object.addProperty("file", origin.file());
        object.addProperty("line", origin.line());
        object.addProperty("column", origin.column());
        return object;
    }

    static Origin origin(Members members) {
        Origin origin = new Origin(members.text("file"), members.count("line"), members.count("column"));
        members.end();
        return origin;
    }

    static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray(texts.size());
        texts.forEach(array::add);
        return array;
    }
}
