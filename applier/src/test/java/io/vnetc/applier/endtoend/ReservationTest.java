// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.lab.InternetLab;
import io.vnetc.applier.lab.Lease;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The everyday change: one more machine gets a fixed address while guests are at work. */
final class ReservationTest {
    private static final String LAST_RESERVATION = "host nas ";

    private final InternetLab lab = InternetLab.open();
    private final Vnetc vnetc = Vnetc.in(lab.host());

    @AfterEach
    void removeIt() {
        try (lab;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void a_reservation_more_changes_no_rule_link_or_address_and_costs_no_lease() throws IOException {
        Path source = vnetc.copyOfExample("home-lab", "home-lab.vnet");
        vnetc.done("apply", source.toString(), "--host", "homelab", "--yes");
        List<String> db = qemu("db", source);

        try (Guest web = Guest.boot(lab.host(), qemu("web", source))) {
            Lease lease = web.awaitLease();
            NamespaceSnapshot before = NamespaceSnapshot.of(lab.host());
            String leases = leases();
            String dnsmasq = dnsmasq();
            assertThat(leases).contains(lease.ip());

            String reservation = "host db { mac %s  address .50 }\n      ".formatted(mac(db));
            Files.writeString(
                    source, Files.readString(source).replace(LAST_RESERVATION, reservation + LAST_RESERVATION));
            JsonObject plan = vnetc.done("plan", source.toString(), "--host", "homelab", "--format", "json")
                    .json();
            assertThat(plan.getAsJsonArray("steps")).hasSize(1);
            JsonObject step = plan.getAsJsonArray("steps").get(0).getAsJsonObject();
            assertThat(step.get("address").getAsString()).isEqualTo("dnsmasq/home");
            assertThat(step.get("action").getAsString()).isEqualTo("change");
            JsonObject impact = step.getAsJsonObject("impact");
            assertThat(impact.get("severity").getAsString()).isEqualTo("none");
            assertThat(impact.getAsJsonArray("guests")).isEmpty();

            vnetc.done("apply", source.toString(), "--host", "homelab", "--yes");
            NamespaceSnapshot.of(lab.host()).since(before).requireNone("a reservation more");
            assertThat(leases()).isEqualTo(leases);
            assertThat(dnsmasq()).isEqualTo(dnsmasq);
            assertThat(ProcessHandle.of(Long.parseLong(dnsmasq)))
                    .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());

            assertThat(web.exec("ip -4 address show dev eth0")).contains(lease.address());
            web.exec("rm /run/lease.eth0; killall -USR1 udhcpc");
            assertThat(web.awaitLease()).as("renewed").isEqualTo(lease);

            try (Guest reserved = Guest.boot(lab.host(), db)) {
                assertThat(reserved.awaitLease().ip()).as("the new reservation").isEqualTo("10.20.1.50");
                assertThat(reserved.exec("nslookup db.home.example")).contains("10.20.1.50");
            }
        }
    }

    private List<String> qemu(String guest, Path source) {
        return vnetc.done("qemu", guest, source.toString()).out().lines().toList();
    }

    private static String mac(List<String> arguments) {
        return JsonParser.parseString(arguments.get(arguments.indexOf("-device") + 1))
                .getAsJsonObject()
                .get("mac")
                .getAsString();
    }

    private String leases() throws IOException {
        return Files.readString(vnetc.paths().leases("home"));
    }

    private String dnsmasq() throws IOException {
        return Files.readString(vnetc.paths().dnsmasq("home").resolve("dnsmasq.pid"))
                .strip();
    }
}
