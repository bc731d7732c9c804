// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.dnsmasq.DhcpOptions;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.DhcpOption;
import io.vnetc.dsl.vnet.DnsmasqSetting;
import io.vnetc.dsl.vnet.Domain;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.ForwardMode;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Subnet;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the parts of a network's service have to agree on: one dnsmasq serves all of its subnets. */
final class ServiceCheck {
    private final Resolution resolution;

    ServiceCheck(Resolution resolution) {
        this.resolution = resolution;
    }

    void check(Network network, List<io.vnetc.compiler.model.Subnet> subnets, Dns dns) {
        checkManaged(network);
        checkCompany(network, "dhcp-fqdn", !network.getDomains().isEmpty(), "a `domain` for its names");
        checkCompany(network, "auth-zone", setting(network, "auth-server").isPresent(), "an `auth-server`");
        checkRoots(network);
        checkRelays(network);
        checkRegistration(network, subnets, dns);
        checkRoutes(network, subnets);
    }

    /** Of an existing bridge somebody else gives out addresses and names. */
    private void checkManaged(Network network) {
        boolean foreign = only(network.getForwards())
                .map(Forward::getMode)
                .filter(mode -> mode == ForwardMode.BRIDGE)
                .isPresent();
        if (foreign && !network.getDnsmasq().isEmpty()) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(network.getDnsmasq().get(0)),
                    "the network `" + network.getName() + "` has no dnsmasq: its bridge is somebody else's",
                    "remove `dnsmasq`");
        }
    }

    /** dnsmasq ends where one of these is without the other. */
    private void checkCompany(Network network, String name, boolean accompanied, String company) {
        setting(network, name)
                .filter(setting -> !accompanied)
                .ifPresent(setting -> resolution.error(
                        DiagnosticCode.MISSING_SETTING,
                        resolution.place(setting),
                        "`" + name + "` needs " + company,
                        "add it, or remove `" + name + "`"));
    }

    private static Optional<DnsmasqSetting> setting(Network network, String name) {
        return network.getDnsmasq().stream()
                .flatMap(block -> block.getSettings().stream())
                .filter(setting -> setting.getName().equals(name))
                .findFirst();
    }

    private void checkRoots(Network network) {
        List<Subnet> giving = network.getSubnets().stream()
                .filter(subnet -> !subnet.getTftp().isEmpty())
                .toList();
        giving.stream()
                .skip(1)
                .filter(subnet ->
                        !subnet.getTftp().get(0).equals(giving.get(0).getTftp().get(0)))
                .findFirst()
                .ifPresent(other -> resolution.report(Diagnostic.error(
                                DiagnosticCode.TFTP_ROOT,
                                resolution.place(other, VnetPackage.Literals.SUBNET__TFTP),
                                "a network gives out the files of one folder, and this one has two")
                        .withHint("write the same folder in both subnets, or in one only")
                        .withRelated(
                                resolution.place(giving.get(0), VnetPackage.Literals.SUBNET__TFTP), "the other one")));
    }

    /** The link is the client's only mark: dnsmasq cannot tell whose question to pass on. */
    private void checkRelays(Network network) {
        Optional<io.vnetc.dsl.vnet.Dhcp> passing = network.getSubnets().stream()
                .flatMap(subnet -> subnet.getDhcp().stream())
                .filter(block -> !block.getRelays().isEmpty())
                .findFirst();
        passing.ifPresent(block -> network.getSubnets().stream()
                .filter(subnet ->
                        subnet != block.eContainer() && !subnet.getDhcp().isEmpty())
                .filter(subnet -> !subnet.getGateways().isEmpty())
                .filter(subnet -> resolution
                        .values()
                        .cidr(subnet.getNetwork())
                        .filter(prefix -> prefix.family() == IpFamily.IPV4)
                        .isPresent())
                .flatMap(subnet -> subnet.getDhcp().stream())
                .filter(other -> other.getRelays().isEmpty())
                .findFirst()
                .ifPresent(other -> resolution.report(Diagnostic.error(
                                DiagnosticCode.RELAY,
                                resolution.place(other),
                                "clients of one link are answered here or elsewhere, not both")
                        .withHint("keep `relay to`, or what is given out here")
                        .withRelated(resolution.place(block), "here their questions are passed on"))));
    }

    private void checkRegistration(Network network, List<io.vnetc.compiler.model.Subnet> subnets, Dns dns) {
        Optional<Domain> domain = only(network.getDomains()).filter(Domain::isRegister);
        domain.ifPresent(block -> {
            String wrong = "";
            String hint = "";
            if (!block.isLocal()) {
                wrong = "the host would ask this network for `" + block.getName()
                        + "`, and this network would ask elsewhere, perhaps the host";
                hint = "write `domain " + block.getName() + " local register`";
            } else if (!dns.enabled()) {
                wrong = "there is no resolver to register: `dns off`";
                hint = "remove `register` or `dns off`";
            } else if (subnets.stream().noneMatch(subnet -> subnet.gateway().isPresent())) {
                wrong = "the resolver has no address at which the host could ask it";
                hint = "add a `gateway` to one of the subnets, or remove `register`";
            }
            if (!wrong.isEmpty()) {
                resolution.error(
                        DiagnosticCode.REGISTRATION,
                        resolution.place(block, VnetPackage.Literals.DOMAIN__REGISTER),
                        wrong,
                        hint);
            }
        });
    }

    /** RFC 3442: who takes classless routes takes no other router. */
    private void checkRoutes(Network network, List<io.vnetc.compiler.model.Subnet> subnets) {
        boolean leads = !network.getForwards().isEmpty();
        for (io.vnetc.compiler.model.Subnet subnet : subnets) {
            List<Dhcp.Answer> answers = subnet.dhcp().stream()
                    .flatMap(dhcp -> Stream.concat(
                            Stream.of(dhcp.answer()), dhcp.ranges().stream().map(Dhcp.Range::answer)))
                    .toList();
            boolean lost = answers.stream().anyMatch(ServiceCheck::losesRouter);
            if (leads && lost) {
                network.getSubnets().stream()
                        .flatMap(block -> block.getDhcp().stream())
                        .flatMap(block -> block.getOptions().stream())
                        .filter(option -> "classless-route".equals(option.getName()))
                        .findFirst()
                        .ifPresent(option -> warnOfRouter(option, subnet));
            }
        }
    }

    private void warnOfRouter(DhcpOption option, io.vnetc.compiler.model.Subnet subnet) {
        resolution.warning(
                DiagnosticCode.ROUTER_LOST,
                resolution.place(option, VnetPackage.Literals.DHCP_OPTION__NAME),
                "clients that take these routes take no other router, and lose their way out (RFC 3442)",
                "add the default route: `0.0.0.0/0 via "
                        + subnet.gateway().map(Object::toString).orElse("ROUTER") + "`");
    }

    private static boolean losesRouter(Dhcp.Answer answer) {
        boolean none = answer.option(DhcpOptions.ROUTER)
                .filter(router -> router.values().isEmpty())
                .isPresent();
        return !none
                && answer.option(DhcpOptions.CLASSLESS_ROUTE)
                        .filter(routes -> routes.values().stream()
                                .noneMatch(way -> way instanceof OptionValue.Way route
                                        && route.destination().length() == 0))
                        .isPresent();
    }
}
