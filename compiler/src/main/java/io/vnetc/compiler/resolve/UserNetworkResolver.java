// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.GuestForward;
import io.vnetc.compiler.model.GuestPort;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.vnet.Backend;
import io.vnetc.dsl.vnet.BackendKind;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Protocol;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Networks of one guest behind QEMU's own or passt's address translation. */
final class UserNetworkResolver {
    /** net_slirp_init() of QEMU's net/slirp.c. */
    private static final Cidr USUAL_IPV4 = new Cidr(IpAddress.parse("10.0.2.0"), 24);

    private static final Cidr USUAL_IPV6 = new Cidr(IpAddress.parse("fec0::"), 64);
    private static final List<String> ADDRESSES = List.of("host", "dns", "dhcp-start", "smb-server");
    /** QEMU opens each port by itself: more than anybody means, and too few to fill a command line. */
    private static final int MOST_PORTS = 1_000;

    private static final int MOST_PORT = 65_535;

    private final Resolution resolution;

    UserNetworkResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    Attachment user(Backend backend, PropertySet set) {
        for (IpFamily family : IpFamily.values()) {
            checkFamily(backend, set, family);
        }
        if (set.address("dhcp-start", IpFamily.IPV6).isPresent()
                || set.address("smb-server", IpFamily.IPV6).isPresent()) {
            wrong(backend, "QEMU gives out and serves at IPv4 addresses only", "write an IPv4 address");
        }
        return new Attachment.User(set, ports(backend), forwards(backend, network(set, IpFamily.IPV4)));
    }

    private static Cidr network(PropertySet set, IpFamily family) {
        return set.network("network", family).orElse(family == IpFamily.IPV4 ? USUAL_IPV4 : USUAL_IPV6);
    }

    private void checkFamily(Backend backend, PropertySet set, IpFamily family) {
        for (String name : List.of("network", "host", "dns")) {
            long count = set.values().getOrDefault(name, List.of()).stream()
                    .filter(value -> familyOf(value) == family)
                    .count();
            if (count > 1) {
                wrong(backend, "`" + name + "` has two " + family + " values", "write one of each family");
            }
        }
        Cidr network = network(set, family);
        for (String name : ADDRESSES) {
            set.addresses(name)
                    .filter(address -> address.family() == family && !network.contains(address))
                    .forEach(address -> wrong(
                            backend,
                            "`" + name + "` is " + address + ", outside of the network " + network,
                            "choose an address in it, or another `network`"));
        }
    }

    private static IpFamily familyOf(OptionValue value) {
        return value instanceof OptionValue.Network network
                ? network.network().family()
                : value instanceof OptionValue.Address address
                        ? address.address().family()
                        : IpFamily.IPV4;
    }

    /** Ports of the host that lead to the guest. */
    List<GuestPort> ports(Backend backend) {
        List<GuestPort> ports = new ArrayList<>();
        for (io.vnetc.dsl.vnet.GuestPort written : backend.getPublications()) {
            port(written, backend.getKind() == BackendKind.PASST).ifPresent(ports::add);
        }
        return ports;
    }

    private Optional<GuestPort> port(io.vnetc.dsl.vnet.GuestPort written, boolean passt) {
        if (written.getProtocol() == Protocol.ICMP) {
            error(written, Literals.GUEST_PORT__PROTOCOL, "ICMP has no ports to publish", "write `tcp` or `udp`");
            return Optional.empty();
        }
        Optional<PortRange> ports = resolution.values().portRange(written.getPorts());
        Optional<IpAddress> on = address(written.getAddress());
        Optional<IpAddress> target = address(written.getTarget());
        Optional<Integer> targetPort = Optional.ofNullable(written.getPort())
                .flatMap(port -> resolution.values().integer(port, 1, MOST_PORT, "a port"))
                .map(Math::toIntExact)
                .or(() -> ports.map(PortRange::first));
        Optional<InterfaceName> via = Optional.ofNullable(written.getLink())
                .flatMap(link -> resolution.values().interfaceName(written, Literals.GUEST_PORT__LINK, 0));
        List<PortRange> excluded = written.getExcluded().stream()
                .flatMap(each -> resolution.values().portRange(each).stream())
                .toList();
        if (!passt) {
            refuse(written, Literals.GUEST_PORT__LINK, "QEMU publishes ports on addresses, not on links");
            refuse(written, Literals.GUEST_PORT__EXCLUDED, "QEMU opens each port by itself");
            if (on.or(() -> target)
                    .filter(address -> address.family() == IpFamily.IPV6)
                    .isPresent()) {
                error(
                        written,
                        Literals.GUEST_PORT__ADDRESS,
                        "QEMU publishes ports on IPv4 addresses only",
                        "write an IPv4 address, or use `passt`");
                return Optional.empty();
            }
        } else {
            refuse(written, Literals.GUEST_PORT__TARGET, "passt gives its guest one address, and all ports lead there");
        }
        if (ports.isEmpty() || targetPort.isEmpty()) {
            return Optional.empty();
        }
        int count = ports.get().last() - ports.get().first();
        if (targetPort.get() + count > MOST_PORT) {
            error(
                    written,
                    Literals.GUEST_PORT__PORT,
                    "from here on there are not as many ports as are published",
                    "choose a lower one: up to " + (MOST_PORT - count));
            return Optional.empty();
        }
        if (!passt && count >= MOST_PORTS) {
            error(
                    written,
                    Literals.GUEST_PORT__PORTS,
                    "QEMU opens each of these " + (count + 1) + " ports by itself",
                    "publish up to " + MOST_PORTS + ", or use `passt`");
            return Optional.empty();
        }
        return Optional.of(new GuestPort(
                Permission.Protocol.valueOf(written.getProtocol().getName()),
                ports.get(),
                excluded,
                on,
                via,
                target,
                targetPort.get()));
    }

    private List<GuestForward> forwards(Backend backend, Cidr network) {
        List<GuestForward> forwards = new ArrayList<>();
        for (io.vnetc.dsl.vnet.GuestForward written : backend.getForwards()) {
            Optional<IpAddress> address = resolution.values().address(written.getAddress(), Optional.of(network));
            Optional<Integer> port = portOf(written.getPort());
            if (address.filter(each -> !network.contains(each)).isPresent()) {
                error(
                        written,
                        Literals.GUEST_FORWARD__ADDRESS,
                        address.get() + " is outside of the guest's network " + network,
                        "choose an address in it");
                continue;
            }
            Optional<GuestForward.Behind> behind = behind(written);
            if (address.isPresent() && port.isPresent() && behind.isPresent()) {
                forwards.add(new GuestForward(address.get(), port.get(), behind.get()));
            }
        }
        return forwards;
    }

    private Optional<GuestForward.Behind> behind(io.vnetc.dsl.vnet.GuestForward written) {
        if (written.getCommand() != null) {
            boolean right = OptionValue.Text.isText(written.getCommand());
            if (!right) {
                error(
                        written,
                        Literals.GUEST_FORWARD__COMMAND,
                        "a command has 1 to 255 bytes of characters that are printed",
                        "write it so, as in \"/usr/sbin/nc 192.0.2.1 80\"");
            }
            return right ? Optional.of(new GuestForward.Behind.Program(written.getCommand())) : Optional.empty();
        }
        Optional<IpAddress> target = address(written.getTarget());
        return target.flatMap(
                address -> portOf(written.getTargetPort()).map(port -> new GuestForward.Behind.Server(address, port)));
    }

    private Optional<IpAddress> address(Expression written) {
        return Optional.ofNullable(written).flatMap(each -> resolution.values().address(each, Optional.empty()));
    }

    private Optional<Integer> portOf(Expression written) {
        return resolution.values().integer(written, 1, MOST_PORT, "a port").map(Math::toIntExact);
    }

    private void refuse(EObject written, EStructuralFeature feature, String message) {
        if (written.eIsSet(feature)) {
            error(written, feature, message, "remove it, or use another backend");
        }
    }

    private void error(EObject written, EStructuralFeature feature, String message, String hint) {
        resolution.error(DiagnosticCode.BACKEND, resolution.place(written, feature), message, hint);
    }

    private void wrong(Backend backend, String message, String hint) {
        resolution.error(DiagnosticCode.BACKEND, resolution.place(backend), message, hint);
    }
}
