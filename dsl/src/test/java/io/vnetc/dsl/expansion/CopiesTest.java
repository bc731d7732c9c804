// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expansion.Provenance.Kind;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.vnet.Bridge;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What expansion made knows where it stands in the source, and how it came to be what it is. */
final class CopiesTest {
    private static final String SOURCE = """
            /**
             * A network of our own kind.
             *
             * It has a bridge.
             */
            template network lan(
              /** Its addresses. */
              network net,
              number size = 1500
            ) {
              bridge { stp off  mtu size }
              subnet net { gateway .1 }
              title "a lan"
            }
            network office from lan(10.0.0.0/24) {
              bridge { stp on }
            }
            for i in 1..2 {
              vm "v${i}" { nic eth0 { network "office" } }
            }
            """;

    private static ParsedSources parse(String text) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("a.vnet", text), "a.vnet");
        assertThat(sources.diagnostics().all()).isEmpty();
        return sources;
    }

    @Test
    void standWhereTheyAreWritten() {
        ParsedSources sources = parse(SOURCE);
        Network office = sources.declarations(Network.class).get(0);
        Bridge bridge = office.getBridges().get(0);
        assertThat(sources.nameOf(office)).hasToString("a.vnet:15:9");
        assertThat(sources.rangeOf(office, Literals.NETWORK__BRIDGES)).hasToString("a.vnet:16:3");
        assertThat(sources.rangeOf(bridge, Literals.BRIDGE__STP)).hasToString("a.vnet:16:16");
        assertThat(sources.rangeOf(bridge, Literals.BRIDGE__MTUS)).hasToString("a.vnet:11:25");
        assertThat(sources.rangeOf(office, Literals.NETWORK__TITLES)).hasToString("a.vnet:13:9");
        assertThat(sources.rangeOf(bridge.getMtus().get(0)).uses())
                .extracting(use -> use.range() + " " + use.label())
                .containsExactly("a.vnet:15:21 `lan` is used here");
        Guest second = sources.declarations(Guest.class).get(1);
        assertThat(second.getName()).isEqualTo("v2");
        assertThat(sources.nameOf(second)).hasToString("a.vnet:19:6");
        assertThat(second.getNics().get(0).getNetworks()).containsExactly(office);
    }

    @Test
    void tellWhereTheirValuesComeFrom() {
        ParsedSources sources = parse(SOURCE);
        Network office = sources.declarations(Network.class).get(0);
        Bridge bridge = office.getBridges().get(0);
        Provenance stp = sources.provenance(bridge, Literals.BRIDGE__STP, 0);
        assertThat(stp.kind()).isEqualTo(Kind.OVERRIDE);
        assertThat(stp.replaced()).hasValueSatisfying(place -> assertThat(place).hasToString("a.vnet:11:16"));
        Provenance mtu = sources.provenance(bridge, Literals.BRIDGE__MTUS, 0);
        assertThat(mtu.kind()).isEqualTo(Kind.DEFAULT);
        assertThat(mtu.parameter()).contains("size");
        assertThat(mtu.place()).hasToString("a.vnet:9:17");
        Provenance net = sources.provenance(office.getSubnets().get(0), Literals.SUBNET__NETWORK, 0);
        assertThat(net.kind()).isEqualTo(Kind.ARGUMENT);
        assertThat(net.place()).hasToString("a.vnet:15:25");
        Provenance gateway = sources.provenance(office.getSubnets().get(0), Literals.SUBNET__GATEWAYS, 0);
        assertThat(gateway.kind()).isEqualTo(Kind.TEMPLATE);
        assertThat(gateway.ways()).extracting(way -> way.template().orElse("")).containsExactly("lan");
        assertThat(sources.provenance(office).kind()).isEqualTo(Kind.WRITTEN);
    }

    @Test
    void documentationIsTheCommentBefore() {
        ParsedSources sources = parse(SOURCE);
        Template lan = sources.declarations(Template.class).get(0);
        assertThat(sources.documentation(lan)).contains("A network of our own kind.\n\nIt has a bridge.");
        assertThat(sources.documentation(lan.getParameters().get(0))).contains("Its addresses.");
        assertThat(sources.documentation(lan.getParameters().get(1))).isEmpty();
        assertThat(sources.documentation(sources.declarations(Network.class).get(0)))
                .isEmpty();
    }

    @Test
    void aBlockOfATestCountsOnlyWhereItIsAskedFor() {
        ParsedSources sources = parse("""
                network office { }
                vm web { nic eth0 { network office } }
                test "wrong" {
                  expect 1 + 1 == 2
                  expect error "two networks" { network office { } }
                  expect error VN0301 { let n = 1  vm "db${n}" { nic eth0 { network nowhere } } }
                  expect error VN0301 { network right { }  vm db { nic eth0 { network right } } }
                }
                """);
        Network before = sources.declarations(Network.class).get(0);
        List<List<DiagnosticCode>> found =
                sources.declarations(io.vnetc.dsl.vnet.Test.class).get(0).getExpectations().stream()
                        .filter(each -> each.getBody() != null)
                        .map(each -> sources.with(each.getBody()).diagnostics().all().stream()
                                .map(Diagnostic::code)
                                .toList())
                        .toList();
        assertThat(found)
                .containsExactly(
                        List.of(DiagnosticCode.DUPLICATE_NAME), List.of(DiagnosticCode.UNKNOWN_NAME), List.of());
        assertThat(sources.diagnostics().all()).isEmpty();
        assertThat(sources.declarations(Guest.class).get(0).getNics().get(0).getNetworks())
                .containsExactly(before);
    }
}
