// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceTestsTest {
    private static final String SOURCE = """
            let lab = 10.20.0.0/16
            network office { bridge { mtu 9000 }  subnet lab.subnet(24, 1) { gateway .1 } }
            let n = 21
            network put-together { subnet "10.${n}.0.0/24" { gateway "10.${n}.0.1" } }
            """;

    @Test
    void whatIsTrueWhatASettingIsAndWhatIsRefusedPasses() {
        assertThat(run("""
                        expect lab.subnet(24, 1) == 10.20.1.0/24 and lab.size() > 1000
                        expect setting "office bridge mtu" = 9000
                        expect setting "office bridge stp" = "off"
                        expect error VN0601 { network x { subnet 10.20.1.0/25 { gateway .1 } } }
                        expect error "overlaps" { network x { subnet 10.20.1.0/25 { gateway .1 } } }
                        """)).isEmpty();
    }

    @Test
    void whatDoesNotHoldSaysWhatIs() {
        assertThat(run("expect 1 + 1 == 3")).containsExactly("this does not hold: 2 == 3");
        assertThat(run("expect lab")).containsExactly("this is 10.20.0.0/16, neither true nor false");
        assertThat(run("expect setting \"office bridge mtu\" = 1500"))
                .containsExactly("`office bridge mtu` is 9000, not 1500");
        assertThat(run("expect setting \"office colour\" = 1"))
                .containsExactly("there is no setting `office colour`: `vnetc explain office` lists those there are");
        assertThat(run("expect error VN0601 { network x { } }"))
                .containsExactly("this is accepted, and an error was expected: VN0601");
        assertThat(run("expect error VN0602 { network x { subnet 10.20.1.0/25 { gateway .1 } } }"))
                .singleElement()
                .asString()
                .startsWith("another error was expected (VN0602), and there is VN0601");
    }

    @Test
    void whatHasNoValueSaysWhy() {
        assertThat(run("expect lab.host(65536) == 10.20.0.1"))
                .containsExactly("this has no value: `10.20.0.0/16` has no host number 65536");
    }

    @Test
    void aPathIsOfWordsAndOfValuesAsTheyCameToBe() {
        assertThat(run("""
                        expect setting " office  bridge   mtu " = 9000
                        expect setting "put-together subnet 10.21.0.0/24 gateway" = 10.21.0.1
                        """)).isEmpty();
        assertThat(run("expect setting \"nowhere bridge mtu\" = 1"))
                .containsExactly("there is nothing called `nowhere`");
    }

    @Test
    void anExpectedErrorIsNoErrorOfTheSource() {
        ParsedSources sources = parsed("expect error VN0601 { network x { subnet 10.20.1.0/25 { gateway .1 } } }");

        assertThat(Resolver.resolve(sources)).isPresent();
        assertThat(sources.diagnostics().all()).isEmpty();
    }

    private static List<String> run(String expectations) {
        ParsedSources sources = parsed(expectations);
        return SourceTests.run(
                        sources,
                        Resolver.resolve(sources)
                                .orElseThrow(() ->
                                        new AssertionError(sources.diagnostics().all())))
                .stream()
                .flatMap(outcome -> outcome.failures().stream())
                .map(TestOutcome.Failure::message)
                .toList();
    }

    private static ParsedSources parsed(String expectations) {
        return Frontend.parse(
                new InMemorySourceTree().with("main.vnet", SOURCE + "test \"it\" {\n" + expectations + "\n}\n"),
                "main.vnet");
    }
}
