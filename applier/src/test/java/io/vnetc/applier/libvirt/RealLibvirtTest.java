// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.libvirt.SavedFirewall.Packet;
import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.render.RenderedFiles;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is imported is held against libvirt itself: its own daemon, in namespaces of its own, starts each network of the
 * importer's corpus, and what it hands to dnsmasq and iptables must mean what ours does. What is exported, it takes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealLibvirtTest {
    private static final Path CORPUS = Path.of("..", "compiler", "src", "test", "resources", "libvirt");

    private static final String HOST = "here";

    /** Links that networks of the corpus name. */
    private static final List<String> LINKS = List.of("up0", "eth0.100", "eth1", "eth2", "eth3", "eth4", "eth5");

    /** What this libvirt (9.0) or this machine's kernel cannot start, and why. */
    private static final Map<String, String> NOT_STARTED = Map.of(
            "hostdev-functions", "the machine has no SR-IOV",
            "hostdev-physical", "the machine has no SR-IOV",
            "later-dns", "libvirt 10.1 and 12.0",
            "later-driver-model", "libvirt 10.0",
            "later-vlans-and-words", "libvirt 9.7 and 11.0",
            "mac-table", "the kernel has no vlan_filtering",
            "rates", "the kernel has no sch_sfq",
            "zone", "no firewalld runs");

    private Path answers;

    @BeforeAll
    void askLibvirt(@TempDir Path folder) throws Exception {
        answers =
                ask(folder, corpus().map(name -> CORPUS.resolve(name + ".xml")).toList());
    }

    private static Path ask(Path folder, List<Path> files) throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "--propagation",
                "private",
                Path.of("src/test/resources/libvirt/ask-libvirt")
                        .toAbsolutePath()
                        .toString(),
                folder.resolve("work").toString(),
                out.toString()));
        command.addAll(LINKS);
        command.add("--");
        files.forEach(file -> command.add(file.toAbsolutePath().normalize().toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("libvirt is done")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return out;
    }

    static Stream<String> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".xml"))
                    .map(file -> file.substring(0, file.length() - ".xml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    Stream<String> served() throws IOException {
        return corpus().filter(name -> Files.exists(answers.resolve(name).resolve("dnsmasq.conf")));
    }

    Stream<String> made() throws IOException {
        return corpus().filter(name -> Files.exists(answers.resolve(name).resolve("bridge")));
    }

    private static Model imported(String name) throws IOException {
        String xml = Files.readString(CORPUS.resolve(name + ".xml"));
        LibvirtImport.Imported imported =
                LibvirtImport.of(List.of(new SourceFile(name + ".xml", xml)), new LibvirtImport.Options(HOST, false));
        assertThat(imported.text()).as(imported.diagnostics().all().toString()).isPresent();
        ParsedSources sources = Frontend.parse(
                new InMemorySourceTree().with("in.vnet", imported.text().get()), "in.vnet");
        return Resolver.resolve(sources).orElseThrow();
    }

    private static SortedMap<String, String> rendered(Model model) {
        return RenderedFiles.of(HOST, Lowering.lower(model, HOST, Surroundings.ASSUMED));
    }

    private String answer(String name, String file) throws IOException {
        Path path = answers.resolve(name).resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    @Test
    void libvirt_starts_all_networks_of_the_corpus_but_those_that_it_cannot_here() throws IOException {
        Map<String, String> failed = new TreeMap<>();
        for (String name : corpus().toList()) {
            if (!Files.exists(answers.resolve(name).resolve("started"))) {
                failed.put(name, answer(name, "refused") + answer(name, "not-started"));
            }
        }
        assertThat(failed.keySet()).as(failed.toString()).isEqualTo(NOT_STARTED.keySet());
    }

    @ParameterizedTest
    @MethodSource("served")
    void guests_are_given_the_same_addresses_and_names(String name) throws IOException {
        Network network = imported(name).networks().get(0);
        SortedMap<String, String> files = rendered(imported(name));
        List<Cidr> subnets = network.subnets().stream().map(Subnet::network).toList();
        String ours = "dnsmasq/" + network.name();
        assertThat(DnsmasqMeaning.of(
                        lines(files.get(ours + ".conf")),
                        lines(files.get(ours + ".hosts.dhcp")),
                        lines(files.get(ours + ".hosts.dns")),
                        subnets,
                        network.bridge().name().text()))
                .isEqualTo(DnsmasqMeaning.of(
                        lines(answer(name, "dnsmasq.conf")),
                        lines(answer(name, "hosts.dhcp")),
                        lines(answer(name, "hosts.dns")),
                        subnets,
                        network.bridge().name().text()));
    }

    private static List<String> lines(String text) {
        return text == null ? List.of() : text.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("made")
    void the_bridge_is_the_same(String name) throws IOException {
        Network network = imported(name).networks().get(0);
        Map<String, String> theirs = new LinkedHashMap<>();
        answer(name, "bridge")
                .lines()
                .forEach(line -> theirs.put(line.split(" ", -1)[0], line.substring(line.indexOf(' ') + 1)));
        assertThat(network.bridge().name().text()).isEqualTo(theirs.get("name"));
        assertThat(Integer.toString(network.bridge().mtu())).isEqualTo(theirs.get("mtu"));
        assertThat(network.bridge().stp() ? "1" : "0").isEqualTo(theirs.get("bridge/stp_state"));
        assertThat(Long.toString(network.bridge().forwardDelay().toMillis() / 10))
                .isEqualTo(theirs.get("bridge/forward_delay"));
        if (Files.readString(CORPUS.resolve(name + ".xml")).contains("<mac address=")) {
            assertThat(network.bridge().mac().toString()).isEqualTo(theirs.get("address"));
        }
        assertThat(network.subnets().stream()
                        .map(subnet -> subnet.gateway().orElseThrow() + "/"
                                + subnet.network().length()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(answer(name, "addresses").strip().split(" +"))
                                .skip(2)
                                .filter(address -> !address.startsWith("fe80:"))
                                .toList());
        assertThat(network.routes().stream()
                        .map(route -> route.destination() + " via " + route.gateway() + " dev "
                                + network.bridge().name() + " metric "
                                + route.metric().orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(answer(name, "routes")
                        .lines()
                        .filter(line -> line.contains(" via "))
                        .map(line ->
                                line.replaceAll(" (linkdown|pref medium)", "").strip())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("made")
    void the_same_packets_pass_are_refused_and_are_translated(String name) throws IOException {
        Network network = imported(name).networks().get(0);
        SortedMap<String, String> files = rendered(imported(name));
        List<String> differences = new ArrayList<>();
        for (String version : List.of("v4", "v6")) {
            SavedFirewall ours = SavedFirewall.of(files.get("iptables/" + version + ".rules"));
            SavedFirewall theirs = SavedFirewall.of(answer(name, version + ".rules"));
            for (Sample sample : Samples.of(network, version.equals("v4"))) {
                String their = verdict(theirs, sample);
                String our = verdict(ours, sample);
                if (!our.equals(their)
                        && KnownDifferences.reason(network, sample, our, their).isEmpty()) {
                    differences.add(sample + ": libvirt " + their + ", vnetc " + our);
                }
            }
        }
        assertThat(differences.stream().limit(10))
                .as(differences.size() + " differences")
                .isEmpty();
    }

    private static String verdict(SavedFirewall firewall, Sample sample) {
        String verdict = firewall.verdict(sample.table(), sample.hook(), sample.packet());
        // With what a packet is refused is not what is compared; --random and the like there is none.
        return verdict.startsWith("REJECT") || verdict.startsWith("DROP") ? "REFUSED" : verdict;
    }

    /** A packet at a hook. */
    record Sample(String table, String hook, Packet packet) {}

    /** What there is no sense in comparing, each with its reason. */
    private static final class KnownDifferences {
        static Optional<String> reason(Network network, Sample sample, String our, String their) {
            Packet packet = sample.packet();
            String bridge = network.bridge().name().text();
            if (sample.hook().equals("INPUT")
                    && their.equals("ACCEPT")
                    && our.equals("LEFT")
                    && !serves(network, packet)) {
                return Optional.of("libvirt opens ports that nothing listens on");
            }
            if (sample.table().equals("nat")
                    && their.startsWith("MASQUERADE")
                    && our.equals("LEFT")
                    && isOwn(network, packet.destination())) {
                return Optional.of("from one subnet of a network to another nothing is translated");
            }
            if (sample.hook().equals("FORWARD")
                    && their.equals("REFUSED")
                    && our.equals("ACCEPT")
                    && network.routes().stream()
                            .anyMatch(route -> route.destination().contains(packet.source())
                                    || route.destination().contains(packet.destination()))) {
                return Optional.of(
                        "what is behind a route of the network is part of it; libvirt refuses its own route");
            }
            if (sample.hook().equals("FORWARD")
                    && their.equals("REFUSED")
                    && our.equals("LEFT")
                    && network.subnets().stream()
                            .noneMatch(subnet ->
                                    subnet.network().family() == packet.source().family())) {
                return Optional.of("the kernel forwards nothing for a bridge without an address of the family");
            }
            if (sample.hook().equals("FORWARD")
                    && our.equals("ACCEPT")
                    && their.equals("LEFT")
                    && packet.in().equals(bridge)
                    && packet.out().equals(bridge)) {
                return Optional.of("guests of one bridge reach each other also where a policy drops bridged frames");
            }
            return Optional.empty();
        }

        private static boolean isOwn(Network network, IpAddress address) {
            return network.subnets().stream()
                    .anyMatch(subnet -> subnet.network().contains(address));
        }

        private static boolean serves(Network network, Packet packet) {
            boolean ipv6 = packet.source().toString().contains(":");
            boolean dhcp = network.subnets().stream()
                    .anyMatch(subnet -> subnet.network().toString().contains(":") == ipv6
                            && subnet.dhcp().isPresent());
            return switch (packet.port()) {
                case 53 -> network.dns().enabled() && !network.subnets().isEmpty();
                case 69 ->
                    network.subnets().stream().anyMatch(subnet -> subnet.tftp().isPresent());
                case 67, 547 -> dhcp && packet.protocol().equals("udp");
                default -> true;
            };
        }
    }

    /** Packets from and to all kinds of places. */
    private static final class Samples {
        static List<Sample> of(Network network, boolean ipv4) {
            String bridge = network.bridge().name().text();
            List<IpAddress> addresses = new ArrayList<>();
            network.subnets().stream()
                    .map(Subnet::network)
                    .filter(subnet -> subnet.toString().contains(":") != ipv4)
                    .forEach(subnet -> {
                        addresses.add(subnet.base().plus(5));
                        addresses.add(subnet.base().plus(6));
                    });
            (ipv4
                            ? Stream.of("203.0.113.77", "10.255.255.77", "224.0.0.5", "239.1.1.1", "255.255.255.255")
                            : Stream.of("2001:db8:ffff::77", "ff02::5", "ff05::2"))
                    .map(IpAddress::parse)
                    .forEach(addresses::add);
            List<String> links = List.of(bridge, "up0", "docker0");
            List<Sample> samples = new ArrayList<>();
            for (IpAddress source : addresses) {
                for (IpAddress destination : addresses) {
                    for (String protocol : List.of("tcp", "udp", ipv4 ? "icmp" : "ipv6-icmp")) {
                        for (String state : List.of("NEW", "ESTABLISHED", "RELATED")) {
                            each(links, source, destination, protocol, state, samples);
                        }
                    }
                }
            }
            return samples;
        }

        private static void each(
                List<String> links,
                IpAddress source,
                IpAddress destination,
                String protocol,
                String state,
                List<Sample> samples) {
            for (String link : links) {
                for (String other : links) {
                    samples.add(new Sample(
                            "filter", "FORWARD", new Packet(link, other, source, destination, protocol, 80, state)));
                }
                for (int port : protocol.contains("icmp") ? List.of(0) : List.of(53, 67, 547, 69, 22)) {
                    samples.add(new Sample(
                            "filter", "INPUT", new Packet(link, "", source, destination, protocol, port, state)));
                }
                if (state.equals("NEW")) {
                    samples.add(new Sample(
                            "nat", "POSTROUTING", new Packet("", link, source, destination, protocol, 80, state)));
                }
            }
        }
    }

    @Test
    void libvirt_takes_what_is_exported_and_means_the_same(@TempDir Path folder) throws Exception {
        Map<String, Model> models = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        for (String name :
                corpus().filter(each -> !NOT_STARTED.containsKey(each)).toList()) {
            Model model = imported(name);
            LibvirtExport.Exported exported = LibvirtExport.of(model, Optional.empty(), false);
            assertThat(exported.diagnostics().all()).as(name).isEmpty();
            models.put(name, model);
            files.add(Files.writeString(
                    folder.resolve(name + ".xml"),
                    exported.documents().values().iterator().next()));
        }
        Path again = ask(folder, files);
        for (String name : models.keySet()) {
            Path answer = again.resolve(name);
            assertThat(answer.resolve("refused")).as(name).doesNotExist();
            for (String file : List.of("v4.rules", "v6.rules", "addresses", "routes")) {
                assertThat(withoutCounters(answer.resolve(file)))
                        .as(name + " " + file)
                        .isEqualTo(withoutCounters(answers.resolve(name).resolve(file)));
            }
        }
    }

    private static List<String> withoutCounters(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file)
                        .lines()
                        .filter(line -> !line.startsWith("#") && !line.startsWith(":"))
                        .toList()
                : List.of();
    }
}
