// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A source that is wrong, or hostile: {@code apply} says where and why, and nothing is touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    /** Alone on a machine each takes half a second; this only tells an error from an endless loop. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String NETWORK = "network a {\n  subnet 10.9.0.0/24 { gateway .1 }\n";

    private final NetworkNamespace host = NetworkNamespace.create();
    private final Vnetc vnetc = Vnetc.in(host);
    private NamespaceSnapshot before;

    @BeforeAll
    void repository() throws IOException {
        before = NamespaceSnapshot.of(host);
        // Marks the top of it, which is as far as imports go.
        Files.createDirectories(vnetc.folder().resolve("repository/.git"));
    }

    @AfterAll
    void removeIt() {
        try (host;
                vnetc) {
            // Closed in reverse.
        }
    }

    static Stream<Arguments> unknownNames() {
        return Stream.of(
                wrong("a network", "vm web {\n  nic eth0 { network offcie }\n}\n", "2:22", "offcie"),
                wrong("an uplink", NETWORK + "  forward nat via wan\n}\n", "3:19", "wan"),
                wrong("a host", "network a on kvm9 {}\n", "1:14", "kvm9"),
                wrong("a value", "network a {\n  subnet lob\n}\n", "2:10", "lob"),
                wrong("a module", "import no.such.module\n", "1:8", "no.such.module"),
                wrong("a file", "import \"nowhere.vnet\"\n", "1:8", "nowhere.vnet"),
                wrong("a word of the language", "network a {\n  subnetz 10.0.0.0/24\n}\n", "2:3", "subnetz"));
    }

    static Stream<Arguments> wrongUnits() {
        String dhcp = "network a {\n  subnet 10.9.0.0/24 {\n    gateway .1\n    dhcp .2 .. .9 lease %s\n  }\n}\n";
        return Stream.of(
                wrong("a rate for an MTU", "network a {\n  bridge vbr-a { mtu 1500mbit }\n}\n", "2:22", "1500mbit"),
                wrong("a size for a time", "network a {\n  bridge { stp on forward-delay 2MiB }\n}\n", "2:33", "2MiB"),
                wrong("a time without a unit", dhcp.formatted("12"), "4:25", "12"),
                wrong("a unit that is none", dhcp.formatted("12x"), "4:25", "12x"),
                wrong("an address for a subnet", "network a {\n  subnet 10.9.0.0\n}\n", "2:10", "10.9.0.0"));
    }

    static Stream<Arguments> controlCharacters() {
        return Stream.of("\n", "\r", "\u0000", "\u001b", "\u0085", "\u202e").flatMap(character -> {
            String name = "U+%04X".formatted((int) character.charAt(0));
            String text = "\"x" + character + "dhcp-script=/bin/sh\"";
            String after = character.equals("\n") || character.equals("\r") ? "" : name;
            return Stream.of(
                    wrong(name + " in a text", NETWORK + "  dns { txt motd = " + text + " }\n}\n", "3:", after),
                    wrong(name + " in a literal", NETWORK + "  bridge { mac " + text + " }\n}\n", "3:", after),
                    wrong(name + " in an import", "import " + text + "\n" + NETWORK + "}\n", "1:", after));
        });
    }

    static Stream<Arguments> escapes() {
        return Stream.of("\\n", "\\r", "\\0", "\\u000a", "\\x0a")
                .map(escape ->
                        wrong(escape, NETWORK + "  dns { txt motd = \"x" + escape + "y\" }\n}\n", "3:20", "escape"));
    }

    static Stream<Arguments> nesting() {
        int half = 5 << 20;
        return Stream.of(
                wrong("braces", "network a " + "{".repeat(2 * half), "1:", ""),
                wrong("blocks", "network a { dns {".repeat(2 * half / 17), "1:", ""),
                wrong("calls", "let x = " + "a(".repeat(half), "1:", ""),
                wrong("closed calls", "let x = " + "f(".repeat(half / 2) + "1" + ")".repeat(half / 2), "1:", ""),
                wrong("comments", "/*".repeat(half), "1:", ""),
                wrong("one string", "import \"" + "x".repeat(2 * half), "1:", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unknownNames", "wrongUnits", "controlCharacters", "escapes", "nesting"})
    void is_refused_with_its_place(String name, String source, String place, String said) throws IOException {
        Files.writeString(vnetc.folder().resolve("repository/wrong.vnet"), source);

        refused("wrong.vnet", "repository/wrong.vnet:" + place, said);
    }

    @Test
    void a_file_that_is_not_utf8_is_refused() throws IOException {
        byte[] latin1 = "// caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(vnetc.folder().resolve("repository/latin1.vnet"), latin1);

        refused("latin1.vnet", "repository/latin1.vnet:1:7", "UTF-8");
    }

    @Test
    void an_import_does_not_leave_the_repository() throws IOException {
        vnetc.write("outside.vnet", NETWORK + "}\n");
        vnetc.write("repository/up.vnet", "import \"../outside.vnet\"\n");
        refused("up.vnet", "repository/up.vnet:1:8", "out of the repository");

        Path absolute = vnetc.folder().resolve("outside.vnet");
        vnetc.write("repository/absolute.vnet", "import \"%s\"\n".formatted(absolute));
        refused("absolute.vnet", "repository/absolute.vnet:1:8", "");

        Files.createSymbolicLink(vnetc.folder().resolve("repository/linked.vnet"), absolute);
        vnetc.write("repository/link.vnet", "import \"linked.vnet\"\n");
        refused("link.vnet", "repository/link.vnet:1:8", "out of the repository");
    }

    @Test
    void imports_do_not_go_round() {
        vnetc.write("repository/round/one.vnet", "import \"two.vnet\"\n");
        vnetc.write("repository/round/two.vnet", "import \"three.vnet\"\n");
        vnetc.write("repository/round/three.vnet", "import \"one.vnet\"\n");

        refused("round/one.vnet", "repository/round/", "one.vnet");

        vnetc.write("repository/self.vnet", "import \"self.vnet\"\n");
        refused("self.vnet", "repository/self.vnet:1:8", "self.vnet");
    }

    private void refused(String file, String place, String said) {
        long start = System.nanoTime();
        Result result = vnetc.run("apply", "repository/" + file, "--yes");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(place, "error[VN").contains(said);
        assertThat(result.err()).containsPattern("\\.vnet:[0-9]+:[0-9]+: error\\[VN[0-9]+\\]: ");
        assertThat(result.err())
                .as("what came in is shown in a safe form, and not all of it")
                .hasSizeLessThan(10_000);
        assertThat(result.err().codePoints().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
        assertThat(took).isLessThan(PATIENCE);
        NamespaceSnapshot.of(host).since(before).requireNone("a source that is wrong");
        assertThat(vnetc.paths().state().resolve("applied")).doesNotExist();
        assertThat(vnetc.paths().run().resolve("dnsmasq")).doesNotExist();
    }

    private static Arguments wrong(String name, String source, String place, String said) {
        return Arguments.of(name, source, place, said);
    }
}
