// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.applier.status.Lease;
import io.vnetc.applier.status.NetworkStatus;
import io.vnetc.applier.status.NetworkStatus.GuestPort;
import io.vnetc.applier.status.Status;
import io.vnetc.compiler.state.RunningGuest;
import java.util.List;

/** A status as JSON. */
final class StatusJson {
    private StatusJson() {}

    static String text(Status status) {
        JsonObject document = new JsonObject();
        document.addProperty("format_version", "1.0");
        document.addProperty("kind", "status");
        document.addProperty("host", status.host());
        document.addProperty("applied", status.isApplied());
        document.addProperty("healthy", status.differences().isEmpty());
        document.add("differences", texts(status.differences()));
        JsonArray networks = new JsonArray();
        status.networks().forEach(network -> networks.add(network(network)));
        document.add("networks", networks);
        JsonObject commands = new JsonObject();
        status.guests().forEach((name, guest) -> commands.add(name, commands(guest)));
        document.add("commands", commands);
        document.addProperty("rules", status.rules());
        document.add("borrowed", texts(status.borrowed()));
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(document) + "\n";
    }

    /** Where a guest takes commands, and whether it answers. */
    private static JsonObject commands(RunningGuest guest) {
        JsonObject object = new JsonObject();
        object.addProperty("socket", guest.socket().text());
        object.addProperty("answers", guest.answers());
        guest.silence().ifPresent(why -> object.addProperty("silence", why));
        return object;
    }

    private static JsonObject network(NetworkStatus network) {
        JsonObject object = new JsonObject();
        object.addProperty("name", network.name());
        object.addProperty("bridge", network.bridge());
        object.addProperty("owned", network.isOwned());
        object.add("addresses", texts(network.addresses()));
        object.add("routes", texts(network.routes()));
        network.service().ifPresent(service -> {
            JsonObject dnsmasq = new JsonObject();
            dnsmasq.addProperty("running", service.isRunning());
            service.process().ifPresent(process -> dnsmasq.addProperty("pid", process));
            object.add("dnsmasq", dnsmasq);
        });
        JsonArray leases = new JsonArray();
        network.leases().forEach(lease -> leases.add(lease(lease)));
        object.add("leases", leases);
        JsonArray guests = new JsonArray();
        network.guests().forEach(guest -> guests.add(guest(guest)));
        object.add("guests", guests);
        return object;
    }

    private static JsonObject lease(Lease lease) {
        JsonObject object = new JsonObject();
        object.addProperty("address", lease.address());
        object.addProperty("client", lease.client());
        lease.name().ifPresent(name -> object.addProperty("name", name));
        object.addProperty("expiry", lease.expiry());
        return object;
    }

    private static JsonObject guest(GuestPort guest) {
        JsonObject object = new JsonObject();
        object.addProperty("guest", guest.guest());
        object.addProperty("tap", guest.tap());
        object.addProperty("held", guest.isHeld());
        guest.holder().ifPresent(holder -> object.addProperty("holder", holder));
        return object;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
