// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Switch;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.Optional;
import java.util.regex.Pattern;

/** A subnet with its gateway, and what it sends and gives out. */
final class SubnetResolver {
    /** What stateless autoconfiguration wants (RFC 4862 section 5.5.3, with the interface identifiers of RFC 4291). */
    private static final int ADVERTISED_LENGTH = 64;

    private static final Pattern CLEAN_PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/]+)+|/");

    private final Resolution resolution;
    private final DhcpResolver dhcp;

    SubnetResolver(Resolution resolution) {
        this.resolution = resolution;
        this.dhcp = new DhcpResolver(resolution);
    }

    Optional<Subnet> resolve(io.vnetc.dsl.vnet.Subnet subnet) {
        return resolution
                .values()
                .cidr(subnet.getNetwork())
                .filter(network -> isUsable(subnet, network))
                .map(network -> {
                    Optional<Expression> written = only(subnet.getGateways());
                    Optional<IpAddress> gateway = written.flatMap(expression -> gateway(expression, network));
                    boolean advertise = !subnet.getAdvertise().isEmpty();
                    // A gateway that is wrong has its own error; that there is none would be a second one for the same
                    // thing.
                    if (advertise) {
                        checkAdvertisable(subnet, network, written.isPresent());
                    }
                    Optional<Dhcp> service = dhcp.resolve(subnet, network, gateway, written.isPresent());
                    Optional<String> files =
                            only(subnet.getTftp()).filter(root -> isRoot(subnet, network, root, written.isPresent()));
                    boolean localPtr = only(subnet.getLocalPtr())
                            .map(toggle -> toggle.getState() != Switch.OFF)
                            .orElse(false);
                    return new Subnet(network, gateway, advertise, localPtr, files, service, resolution.origin(subnet));
                });
    }

    private boolean isRoot(io.vnetc.dsl.vnet.Subnet subnet, Cidr network, String root, boolean gateway) {
        String wrong = "";
        String hint = "write it as in tftp \"/srv/tftp\"";
        if (network.family() == IpFamily.IPV6) {
            wrong = "files are given out by TFTP in IPv4 only, and " + network + " is IPv6";
            hint = "move it to an IPv4 subnet";
        } else if (!OptionValue.Text.isText(root)) {
            wrong = "the folder has to have 1 to 255 bytes of characters that are printed";
        } else if (!CLEAN_PATH.matcher(root).matches()) {
            wrong = "`" + root + "` is not an absolute path without empty, `.` or `..` parts";
        } else if (!gateway) {
            wrong = "nobody can ask for files in " + network + ", where the host has no address";
            hint = "add `gateway .1` to the subnet";
        }
        if (!wrong.isEmpty()) {
            resolution.error(
                    DiagnosticCode.TFTP_ROOT, resolution.place(subnet, VnetPackage.Literals.SUBNET__TFTP), wrong, hint);
        }
        return wrong.isEmpty();
    }

    private boolean isUsable(io.vnetc.dsl.vnet.Subnet subnet, Cidr network) {
        Optional<String> use = SubnetAddresses.specialUse(network);
        use.ifPresent(text -> resolution.error(
                DiagnosticCode.UNUSABLE_ADDRESS,
                resolution.place(subnet, VnetPackage.Literals.SUBNET__NETWORK),
                "no host can have the addresses of " + network + ": " + text,
                network.family() == IpFamily.IPV4
                        ? "choose a private network, as in 10.20.1.0/24 (RFC 1918)"
                        : "choose a unique local network, as in fd00:20:1::/64 (RFC 4193)"));
        return use.isEmpty();
    }

    private Optional<IpAddress> gateway(Expression written, Cidr network) {
        return resolution.values().address(written, Optional.of(network)).filter(address -> {
            if (!network.contains(address)) {
                resolution.error(
                        DiagnosticCode.ADDRESS_OUTSIDE_SUBNET,
                        resolution.place(written),
                        "the gateway " + address + " is not in the subnet " + network,
                        SubnetAddresses.usable(network));
                return false;
            }
            Optional<String> reserved = SubnetAddresses.reservedAs(network, address);
            reserved.ifPresent(use -> resolution.error(
                    DiagnosticCode.UNUSABLE_ADDRESS,
                    resolution.place(written),
                    "the gateway cannot be " + address + ", which is " + use + " in " + network,
                    SubnetAddresses.usable(network)));
            return reserved.isEmpty();
        });
    }

    private void checkAdvertisable(io.vnetc.dsl.vnet.Subnet subnet, Cidr network, boolean gateway) {
        if (network.family() == IpFamily.IPV4) {
            resolution.error(
                    DiagnosticCode.PREFIX_NOT_ADVERTISABLE,
                    resolution.place(subnet, VnetPackage.Literals.SUBNET__ADVERTISE),
                    "`advertise` sends IPv6 router advertisements, and " + network + " is IPv4",
                    "remove it; IPv4 guests learn their router by `dhcp`");
            return;
        }
        if (network.length() != ADVERTISED_LENGTH) {
            resolution.error(
                    DiagnosticCode.PREFIX_NOT_ADVERTISABLE,
                    resolution.place(subnet, VnetPackage.Literals.SUBNET__ADVERTISE),
                    "guests make no address from " + network + ": an advertised prefix has " + ADVERTISED_LENGTH
                            + " bits (RFC 4862)",
                    "make the subnet a /64, or remove `advertise`");
        }
        if (!gateway) {
            resolution.error(
                    DiagnosticCode.NO_GATEWAY,
                    resolution.place(subnet, VnetPackage.Literals.SUBNET__ADVERTISE),
                    "the host cannot advertise " + network + ", where it has no address",
                    "add `gateway ::1` to the subnet");
        }
    }
}
