// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.StandardLibrary;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Pool;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrontendTest {
    static String wholeLanguage() throws IOException {
        try (InputStream sample = FrontendTest.class.getResourceAsStream("/whole-language.vnet")) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ParsedSources parse(InMemorySourceTree tree, String entry) {
        return Frontend.parse(tree, entry);
    }

    private static ParsedSources parse(String text) {
        return parse(new InMemorySourceTree().with("a.vnet", text), "a.vnet");
    }

    private static List<DiagnosticCode> codes(ParsedSources sources) {
        return sources.diagnostics().all().stream().map(Diagnostic::code).toList();
    }

    @Test
    void readsTheWholeLanguageWithoutAComplaint() throws IOException {
        InMemorySourceTree tree =
                new InMemorySourceTree().with("lab.vnet", wholeLanguage()).with("racks/common.vnet", "");
        ParsedSources sources = parse(tree, "lab.vnet");
        new AllValues(sources).evaluate();
        assertThat(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                .isEmpty();
        assertThat(sources.files())
                .extracting(file -> file.path())
                .containsExactly("lab.vnet", "vnetc:std/nat.vnet", "racks/common.vnet");
    }

    @Test
    void bindsEveryReference() throws IOException {
        ParsedSources sources = parse(
                new InMemorySourceTree().with("lab.vnet", wholeLanguage()).with("racks/common.vnet", ""), "lab.vnet");
        Host host = sources.declarations(Host.class).get(0);
        Network office = sources.declarations(Network.class).get(0);
        assertThat(office.getHost()).isSameAs(host);
        assertThat(office.getForwards().get(0).getUplinks())
                .containsExactly(host.getUplinks().get(0));
        Pool pool = sources.declarations(Pool.class).get(0);
        assertThat(pool.getSriov().get(0).getUplink())
                .isSameAs(host.getUplinks().get(1));
        Guest web = sources.declarations(Guest.class).get(0);
        assertThat(web.getNics().get(0).getNetworks()).containsExactly(office);
        assertThat(web.getNics().get(1).getPools()).containsExactly(pool);
    }

    @Test
    void knowsWhereThingsStand() {
        ParsedSources sources = parse(
                "// first\nnetwork office {\n  bridge vbr-office { mtu 1500 }\n}\nvm web { nic eth0 { network office } }\n");
        Network office = sources.declarations(Network.class).get(0);
        assertThat(sources.nameOf(office)).hasToString("a.vnet:2:9");
        assertThat(sources.rangeOf(office).line()).isEqualTo(2);
        assertThat(sources.rangeOf(office).endLine()).isEqualTo(4);
        assertThat(sources.rangeOf(office.getBridges().get(0), Literals.BRIDGE__MTUS))
                .hasToString("a.vnet:3:27");
        assertThat(sources.rangeOf(office, Literals.NETWORK__HOST)).hasToString("a.vnet:2:9");
        Guest web = sources.declarations(Guest.class).get(0);
        assertThat(sources.rangeOf(web.getNics().get(0), Literals.NIC__NETWORKS, 0))
                .hasToString("a.vnet:5:29");
    }

    @Test
    void readsAllFilesOfAFolderSortedThenTheirImports() {
        InMemorySourceTree tree = new InMemorySourceTree()
                .with("site/b.vnet", "import \"../common/x.vnet\"\nvm web { nic eth0 { network office } }")
                .with("site/a.vnet", "network office {\n  subnet lab\n}")
                .with("site/deeper/c.vnet", "nonsense")
                .with("common/x.vnet", "let lab = 10.0.0.0/24");
        ParsedSources sources = parse(tree, "site");
        assertThat(sources.complete())
                .as(sources.diagnostics().all().toString())
                .isTrue();
        assertThat(sources.files())
                .extracting(file -> file.path())
                .containsExactly("site/a.vnet", "site/b.vnet", "common/x.vnet");
    }

    @Test
    void readsAFileOnceHoweverOftenItIsImported() {
        InMemorySourceTree tree = new InMemorySourceTree()
                .with("a.vnet", "import \"b.vnet\"\nimport \"./c.vnet\"\nimport std.nat")
                .with("b.vnet", "import \"c.vnet\"\nimport std.nat")
                .with("c.vnet", "let x = 1");
        ParsedSources sources = parse(tree, "a.vnet");
        assertThat(codes(sources)).isEmpty();
        assertThat(sources.files()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "nowhere", "nowhere.vnet"})
    void saysWhenThereIsNothingToRead(String entry) {
        assertThat(codes(parse(new InMemorySourceTree(), entry)))
                .containsAnyOf(DiagnosticCode.NO_SOURCES, DiagnosticCode.FILE_NOT_FOUND)
                .hasSize(1);
    }

    @Test
    void stopsAtAThousandFiles() {
        InMemorySourceTree tree = new InMemorySourceTree();
        for (int i = 0; i < 1_100; i++) {
            tree.with(i + ".vnet", i == 1_099 ? "" : "import \"" + (i + 1) + ".vnet\"");
        }
        ParsedSources sources = parse(tree, "0.vnet");
        assertThat(codes(sources)).containsExactly(DiagnosticCode.TOO_MANY_FILES);
        assertThat(sources.files()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "(", "[", "network a { dns { ", "let a = b("})
    void answersTenMegabytesOfNestingWithOneError(String unit) {
        ParsedSources sources = parse(unit.repeat(10 * 1024 * 1024 / unit.length()));
        assertThat(codes(sources)).containsExactly(DiagnosticCode.FILE_TOO_LARGE);
        ParsedSources smaller = parse(unit.repeat(4 * 1024 * 1024 / unit.length()));
        assertThat(codes(smaller)).containsExactly(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void answersManyMistakesWithAFewErrors() {
        ParsedSources sources = parse("foo bar 12 = , \n".repeat(20_000));
        assertThat(codes(sources)).isNotEmpty().hasSizeLessThan(30);
    }

    @Test
    void bearsALongChainOfLetsAndStopsAnEndlessOne() {
        StringBuilder text = new StringBuilder("let a0 = 10.0.0.0/24\n");
        for (int i = 1; i < 100; i++) {
            text.append("let a")
                    .append(i)
                    .append(" = a")
                    .append(i - 1)
                    .append(" .. a")
                    .append(i - 1)
                    .append('\n');
        }
        assertThat(codes(parse(text.toString()))).isEmpty();
        for (int i = 100; i < 20_000; i++) {
            text.append("let a").append(i).append(" = a").append(i - 1).append('\n');
        }
        assertThat(codes(parse(text.toString()))).containsExactly(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void refusesControlCharactersInStringsHoweverTheyAreWritten() {
        for (String string :
                List.of("\"a\u0001b\"", "\"a\tb\u007f\"", "\"a\\nb\"", "\"a\\u000ab\"", "\"a\\x0ab\"", "\"a\nb\"")) {
            assertThat(codes(parse("network a { dns { txt motd = " + string + " } }")))
                    .as(string)
                    .isNotEmpty();
        }
    }

    @Test
    void keepsBackslashesAndQuotesOfAString() {
        ParsedSources sources = parse("network a { dns { txt motd = \"a \\\"b\\\" \\\\c\" } }");
        assertThat(sources.complete()).isTrue();
        assertThat(sources.declarations(Network.class)
                        .get(0)
                        .getDns()
                        .get(0)
                        .getEntries()
                        .get(0))
                .hasFieldOrPropertyWithValue("value", "a \"b\" \\c");
    }

    @Test
    void takesWordsOfTheLanguageForNames() {
        ParsedSources sources = parse(
                "host host { uplink uplink = eno1 }\nnetwork network on host {\n  forward nat via uplink\n  portgroup vlan { vlan 7 }\n}\nvm vm { nic nic { network network  portgroup vlan } }");
        assertThat(sources.diagnostics().all()).isEmpty();
    }

    @Test
    void parsesEveryModuleOfTheStandardLibrary() {
        for (String module : StandardLibrary.modules()) {
            ParsedSources sources = parse("import " + module);
            assertThat(sources.diagnostics().all()).as(module).isEmpty();
            assertThat(sources.files()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void importsAllFilesOfAFolder() {
        InMemorySourceTree tree = new InMemorySourceTree()
                .with("a.vnet", "import \"racks\"\nuse rack")
                .with("racks/one.vnet", "template rack { network n { subnet lab } }")
                .with("racks/two.vnet", "let lab = 10.0.0.0/8")
                .with("racks/deeper/three.vnet", "nonsense");
        ParsedSources sources = parse(tree, "a.vnet");
        assertThat(sources.diagnostics().all()).isEmpty();
        assertThat(sources.files())
                .extracting(file -> file.path())
                .containsExactly("a.vnet", "racks/one.vnet", "racks/two.vnet");
        assertThat(sources.declarations(Network.class)).hasSize(1);
    }

    @Test
    void seesWhatIsImportedByWayOfOthersAndNothingBesides() {
        InMemorySourceTree tree = new InMemorySourceTree()
                .with("a.vnet", "import \"b.vnet\"\nnetwork n { subnet deep }\nlet own = 1")
                .with("b.vnet", "import \"c.vnet\"\nlet also = deep")
                .with("c.vnet", "let deep = 10.0.0.0/8\nprivate let own = 2");
        assertThat(parse(tree, "a.vnet").diagnostics().all()).isEmpty();
        assertThat(codes(parse(tree.with("c.vnet", "let deep = also"), "a.vnet")))
                .containsExactly(DiagnosticCode.NOT_VISIBLE);
    }

    @Test
    void takesStringsForNames() {
        ParsedSources sources = parse(
                "host \"h\" { uplink \"lan\" = \"eno1\" }\nnetwork \"n\" on \"h\" { forward nat via \"lan\" }\nvm v { nic e { network \"n\" } }");
        assertThat(sources.diagnostics().all()).isEmpty();
        Network network = sources.declarations(Network.class).get(0);
        assertThat(network.getName()).isEqualTo("n");
        assertThat(network.getHost().getName()).isEqualTo("h");
        assertThat(sources.declarations(Guest.class).get(0).getNics().get(0).getNetworks())
                .containsExactly(network);
    }

    @Test
    void bearsTheDeepestLetsOfTheDeepestExpressions() {
        StringBuilder text = new StringBuilder("let a0 = 1\n");
        for (int i = 1; i < 100; i++) {
            text.append("let a")
                    .append(i)
                    .append(" = ")
                    .append("1 + ".repeat(90))
                    .append("a")
                    .append(i - 1)
                    .append('\n');
        }
        ParsedSources sources = parse(text + "network n { bridge { mtu a99 } }\nif a99 > 5 { network m { } }");
        assertThat(sources.diagnostics().all()).isEmpty();
        assertThat(sources.declarations(Network.class)).hasSize(2);
    }
}
