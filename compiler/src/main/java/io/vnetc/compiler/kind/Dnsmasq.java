// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dnsmasq(8) of a network, with its files. It reads the two hosts files again on SIGHUP; for another configuration
 * it has to be started anew.
 *
 * @param network that it serves, by the first name that this had: its files and processes are found by it
 * @param owner the network's
 * @param bridge that it listens on
 * @param directory of its files, absolute
 * @param configuration lines of {@link #CONFIGURATION_FILE}
 * @param dhcpHosts lines of {@link #DHCP_HOSTS_FILE}: reservations
 * @param dnsHosts lines of {@link #DNS_HOSTS_FILE}: names of addresses
 * @param running whether it runs, with just this configuration
 */
public record Dnsmasq(
        String network,
        Owner owner,
        InterfaceName bridge,
        String directory,
        List<String> configuration,
        List<String> dhcpHosts,
        List<String> dnsHosts,
        boolean running)
        implements Resource {
    public static final Kind<Dnsmasq> KIND = new DnsmasqKind();

    public static final String CONFIGURATION_FILE = "dnsmasq.conf";
    public static final String DHCP_HOSTS_FILE = "hosts.dhcp";
    public static final String DNS_HOSTS_FILE = "hosts.dns";
    public static final String PID_FILE = "dnsmasq.pid";

    private static final String TFTP_ROOT = "tftp-root=\"";

    public Dnsmasq {
        configuration = List.copyOf(configuration);
        dhcpHosts = List.copyOf(dhcpHosts);
        dnsHosts = List.copyOf(dnsHosts);
    }

    /** The same, not running. */
    public Dnsmasq stopped() {
        return new Dnsmasq(network, owner, bridge, directory, configuration, dhcpHosts, dnsHosts, false);
    }

    /** The folder whose files it gives out by TFTP. */
    public Optional<String> filesFolder() {
        return configuration.stream()
                .filter(line -> line.startsWith(TFTP_ROOT) && line.endsWith("\""))
                .map(line -> line.substring(TFTP_ROOT.length(), line.length() - 1))
                .map(path -> path.replace("\\\"", "\"").replace("\\\\", "\\"))
                .findFirst();
    }

    /** Whether it has to be started anew to become {@code next}: hosts it reads again, a configuration it does not. */
    public boolean restartsFor(Dnsmasq next) {
        return !configuration.equals(next.configuration) || !directory.equals(next.directory);
    }

    /** Whether it has to read its hosts again to become {@code next}, and runs before and after. */
    public boolean rereadsFor(Dnsmasq next) {
        return running
                && next.running
                && !restartsFor(next)
                && !(dhcpHosts.equals(next.dhcpHosts) && dnsHosts.equals(next.dnsHosts));
    }

    /** SHA-256 of the configuration file, in hexadecimal: with another one it has to be started anew. */
    public String configurationHash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(fileText(configuration).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The content of a file of these lines. */
    public static String fileText(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), network);
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .text("bridge", bridge)
                .text("directory", directory)
                .lines("configuration", configuration)
                .lines("dhcp-hosts", dhcpHosts)
                .lines("dns-hosts", dnsHosts)
                .flag("running", running)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(bridge.text()));
    }

    private static final class DnsmasqKind implements Kind<Dnsmasq> {
        @Override
        public String name() {
            return "dnsmasq";
        }

        @Override
        public Class<Dnsmasq> type() {
            return Dnsmasq.class;
        }

        @Override
        public Dnsmasq read(String name, Attributes attributes) {
            return new Dnsmasq(
                    name,
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(attributes.text("bridge"), InterfaceName::new),
                    attributes.text("directory"),
                    attributes.lines("configuration"),
                    attributes.lines("dhcp-hosts"),
                    attributes.lines("dns-hosts"),
                    attributes.flag("running"));
        }

        /** With bind-dynamic it waits for its bridge to come back. */
        @Override
        public Optional<Dnsmasq> without(Dnsmasq resource, ResourceAddress gone) {
            return Optional.of(resource);
        }

        @Override
        public Effect effect(Optional<Dnsmasq> before, Optional<Dnsmasq> after) {
            if (before.isEmpty() || !before.get().running) {
                return Effect.NONE;
            }
            Set<InterfaceName> links = Set.of(before.get().bridge);
            if (after.filter(Dnsmasq::running).isEmpty()) {
                return new Effect(Severity.OUTAGE, links, "the network's DHCP and DNS end");
            }
            return before.get().restartsFor(after.get())
                    ? new Effect(Severity.BRIEF, links, "DHCP and DNS are started anew; leases are kept")
                    : Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<Dnsmasq> before, Optional<Dnsmasq> after) {
            String stop = before.filter(Dnsmasq::running)
                    .map(old -> "kill $(cat " + old.directory + "/" + PID_FILE + ")")
                    .orElse("");
            if (after.filter(Dnsmasq::running).isEmpty()) {
                return stop.isEmpty() ? List.of() : List.of(stop);
            }
            Dnsmasq now = after.get();
            String start = "dnsmasq --conf-file=" + now.directory + "/" + CONFIGURATION_FILE;
            if (stop.isEmpty()) {
                return List.of(start);
            }
            if (before.get().restartsFor(now)) {
                return List.of(stop, start);
            }
            return before.get().rereadsFor(now)
                    ? List.of("kill -HUP $(cat " + now.directory + "/" + PID_FILE + ")")
                    : List.of();
        }

        @Override
        public String title(Dnsmasq resource) {
            String owner = resource.owner.path();
            return "DHCP and DNS of " + owner.substring(owner.indexOf('/') + 1);
        }

        @Override
        public int rank(Dnsmasq resource) {
            return 70;
        }
    }
}
