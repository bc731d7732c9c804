// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dhcp.Identity;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.Duid;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Reservation;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses that are kept for one client each. */
final class ReservationResolver {
    /** legal_hostname() of dnsmasq's util.c; behind a dot stands a domain, which is the client's then. */
    private static final Pattern CLIENT_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*");
    /** What dnsmasq reads as something other than a name in a line of its hosts file. */
    private static final Set<String> DNSMASQ_WORDS = Set.of("ignore", "infinite");

    private final Resolution resolution;

    ReservationResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /** An empty book for a subnet. */
    Book book(Cidr network, Optional<IpAddress> gateway) {
        return new Book(network, gateway);
    }

    /** All reservations of one subnet. */
    final class Book {
        private final Cidr network;
        private final Optional<IpAddress> gateway;
        private final List<Dhcp.Reservation> reservations = new ArrayList<>();
        private final List<Placed<IpAddress>> addresses = new ArrayList<>();
        private final List<Placed<String>> clients = new ArrayList<>();

        private Book(Cidr network, Optional<IpAddress> gateway) {
            this.network = network;
            this.gateway = gateway;
        }

        /**
         * Takes one in.
         *
         * @param lease of its block, which holds where it has none of its own
         * @param range of its block, by its first address
         */
        void add(Reservation written, Optional<LeaseTime> lease, Optional<IpAddress> range) {
            boolean named = written.getName() != null;
            Optional<String> name = named ? name(written) : Optional.empty();
            Optional<Identity> identity = identity(written);
            Optional<IpAddress> address = address(written);
            Optional<LeaseTime> own = only(written.getLeases()).flatMap(resolution.values()::lease);
            if (named == name.isPresent() && identity.isPresent() && address.isPresent()) {
                reservations.add(new Dhcp.Reservation(
                        name, identity.get(), address.get(), own.or(() -> lease), range, resolution.origin(written)));
            }
        }

        /** By address; reports what is reserved twice. */
        List<Dhcp.Reservation> sorted() {
            Twice.among(
                    addresses,
                    (first, second) -> resolution.report(Diagnostic.error(
                                    DiagnosticCode.ADDRESS_TWICE,
                                    second.place(),
                                    "the address " + second.value() + " is reserved for " + first.owner() + " and for "
                                            + second.owner())
                            .withHint("give one of them another address")
                            .withRelated(first.place(), "the other one")));
            Twice.among(
                    clients,
                    (first, second) -> resolution.report(Diagnostic.error(
                                    DiagnosticCode.CLIENT_TWICE,
                                    second.place(),
                                    first.owner() + " and " + second.owner() + " are the same client to DHCP in "
                                            + network + ": " + second.value())
                            .withHint("remove one of them")
                            .withRelated(first.place(), "the other one")));
            reservations.sort(Comparator.comparing(Dhcp.Reservation::address));
            return reservations;
        }

        private Optional<String> name(Reservation written) {
            String name = written.getName().toLowerCase(Locale.ROOT);
            if (!CLIENT_NAME.matcher(name).matches() || DNSMASQ_WORDS.contains(name)) {
                resolution.error(
                        DiagnosticCode.NAME_FORM,
                        resolution.name(written),
                        "`" + written.getName() + "` cannot be a client's name",
                        DNSMASQ_WORDS.contains(name)
                                ? "choose another: dnsmasq reads this word as an instruction"
                                : "use letters, digits, `-` and `_`, and begin and end with a letter or digit; a"
                                        + " domain is added by itself");
                return Optional.empty();
            }
            clients.add(new Placed<>("the name `" + name + "`", describe(written), () -> resolution.name(written)));
            return Optional.of(name);
        }

        private Optional<Identity> identity(Reservation written) {
            Optional<Expression> mac = only(written.getMacs());
            Optional<Expression> duid = only(written.getDuids());
            if (duid.isPresent() && network.family() == IpFamily.IPV4) {
                resolution.error(
                        DiagnosticCode.DHCP_FAMILY,
                        resolution.place(written, VnetPackage.Literals.RESERVATION__DUIDS),
                        "a DUID is known in DHCPv6 only, and " + network + " is IPv4",
                        "name the client by its `mac`");
                return Optional.empty();
            }
            if (mac.isPresent() && duid.isPresent()) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(written, VnetPackage.Literals.RESERVATION__DUIDS),
                        describe(written) + " is known by its `mac` or by its `duid`, not by both",
                        "remove one of them");
                return Optional.empty();
            }
            if (mac.isPresent()) {
                return mac.flatMap(resolution.values()::mac).map(value -> {
                    client(written, "the MAC address " + value, mac.get());
                    return new Identity.ByMac(value);
                });
            }
            if (duid.isPresent()) {
                return duid.flatMap(resolution.values()::duid).map((Duid value) -> {
                    client(written, "the DUID " + value, duid.get());
                    return new Identity.ByDuid(value.toString());
                });
            }
            if (written.getName() == null) {
                resolution.error(
                        DiagnosticCode.MISSING_SETTING,
                        resolution.place(written),
                        "nobody is known by this reservation: it has no name, no `mac`"
                                + (network.family() == IpFamily.IPV6 ? " and no `duid`" : ""),
                        "name the client, as in `host printer { … }`, or give its `mac`");
                return Optional.empty();
            }
            return Optional.of(new Identity.ByName());
        }

        private void client(Reservation written, String identity, Expression expression) {
            clients.add(new Placed<>(identity, describe(written), () -> resolution.place(expression)));
        }

        private Optional<IpAddress> address(Reservation written) {
            Optional<Expression> expression = only(written.getAddresses());
            if (expression.isEmpty()) {
                resolution.error(
                        DiagnosticCode.MISSING_SETTING,
                        resolution.name(written),
                        "no address is reserved for " + describe(written),
                        "add `address`; in " + network + " " + SubnetAddresses.usable(network));
                return Optional.empty();
            }
            return expression
                    .flatMap(text -> resolution.values().address(text, Optional.of(network)))
                    .filter(address -> isFree(written, expression.get(), address));
        }

        private boolean isFree(Reservation written, Expression expression, IpAddress address) {
            if (!network.contains(address)) {
                resolution.error(
                        DiagnosticCode.ADDRESS_OUTSIDE_SUBNET,
                        resolution.place(expression),
                        "the address " + address + " of " + describe(written) + " is not in the subnet " + network,
                        SubnetAddresses.usable(network));
                return false;
            }
            Optional<String> use = SubnetAddresses.reservedAs(network, address);
            if (use.isPresent()) {
                resolution.error(
                        DiagnosticCode.UNUSABLE_ADDRESS,
                        resolution.place(expression),
                        describe(written) + " cannot have " + address + ", which is " + use.get() + " of " + network,
                        SubnetAddresses.usable(network));
                return false;
            }
            if (gateway.filter(address::equals).isPresent()) {
                resolution.error(
                        DiagnosticCode.ADDRESS_TWICE,
                        resolution.place(expression),
                        "the address " + address + " of " + describe(written) + " is the gateway's",
                        "give it another address");
                return false;
            }
            addresses.add(new Placed<>(address, describe(written), () -> resolution.place(expression)));
            return true;
        }

        private static String describe(Reservation written) {
            return written.getName() == null ? "the host" : "the host `" + written.getName() + "`";
        }
    }
}
