// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.testing;

import io.vnetc.compiler.model.About;
import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Policy;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Ports;
import io.vnetc.compiler.model.Qos;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Short ways to models; what is not said is as the language has it by default. */
public final class Networks {
    public static final Origin ORIGIN = new Origin("lab.vnet", 7, 1);
    public static final Uplink LAN = new Uplink("lan", new InterfaceName("eno1"), new Origin("lab.vnet", 2, 3));
    public static final Uplink FAST = new Uplink("fast", new InterfaceName("enp65s0f0"), new Origin("lab.vnet", 3, 3));

    private Networks() {}

    public static Builder network(String name, Forwarding forwarding) {
        return new Builder(name, forwarding);
    }

    public static Forwarding isolated() {
        return new Forwarding.Isolated();
    }

    public static Forwarding nat(Uplink... via) {
        return new Forwarding.Nat(List.of(via), Optional.empty());
    }

    public static Forwarding routed(Uplink... via) {
        return new Forwarding.Routed(List.of(via));
    }

    public static Subnet subnet(String network, String gateway) {
        return new Subnet(Cidr.parse(network), Optional.of(IpAddress.parse(gateway)), false, Optional.empty(), ORIGIN);
    }

    public static Subnet advertised(String network, String gateway) {
        return new Subnet(Cidr.parse(network), Optional.of(IpAddress.parse(gateway)), true, Optional.empty(), ORIGIN);
    }

    public static Subnet with(Subnet subnet, Dhcp dhcp) {
        return new Subnet(subnet.network(), subnet.gateway(), subnet.advertise(), Optional.of(dhcp), ORIGIN);
    }

    public static Dhcp dhcp(String first, String last, Duration lease, Dhcp.Reservation... reservations) {
        return new Dhcp(
                List.of(new Dhcp.Range(
                        new AddressRange(IpAddress.parse(first), IpAddress.parse(last)), LeaseTime.of(lease))),
                List.of(reservations));
    }

    public static Dhcp.Reservation reservation(String name, Dhcp.Identity identity, String address) {
        return new Dhcp.Reservation(name, identity, IpAddress.parse(address), Optional.empty(), ORIGIN);
    }

    public static Dhcp.Identity mac(String mac) {
        return new Dhcp.Identity.ByMac(MacAddress.parse(mac));
    }

    public static Nic nic(String guest, String name, String network) {
        return nic(guest, name, network, 1, Optional.empty());
    }

    public static Nic nic(String guest, String name, String network, int queues, Optional<String> user) {
        return new Nic(
                guest,
                name,
                network,
                new InterfaceName("vt-" + guest + "-" + name),
                MacAddress.parse("52:54:00:00:01:01"),
                Optional.empty(),
                queues,
                user,
                Optional.empty(),
                Optional.empty(),
                PortSettings.NONE,
                Optional.empty(),
                Lifecycle.of(name),
                ORIGIN);
    }

    /** The same with rates and a MAC of its own. */
    public static Nic limited(Nic nic, MacAddress mac, Qos qos) {
        return new Nic(
                nic.guest(),
                nic.name(),
                nic.network(),
                nic.attachment(),
                mac,
                nic.mtu(),
                nic.queues(),
                nic.user(),
                nic.group(),
                nic.portgroup(),
                nic.port(),
                Optional.of(qos),
                nic.card(),
                nic.lifecycle(),
                nic.origin());
    }

    /** Rates of which each is there or not. */
    public static Qos qos(Optional<Rate> inbound, Optional<Rate> outbound) {
        return new Qos(inbound.map(Networks::limit), outbound.map(Networks::limit));
    }

    private static Qos.Limit limit(Rate average) {
        return new Qos.Limit(Optional.of(average), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A model with a host of that name and these uplinks, and one guest for each of the cards' guests. */
    public static Model model(String host, List<Uplink> uplinks, List<Network> networks, Nic... nics) {
        List<Guest> guests = Arrays.stream(nics)
                .map(Nic::guest)
                .distinct()
                .sorted()
                .map(guest -> new Guest(
                        guest,
                        Arrays.stream(nics)
                                .filter(nic -> nic.guest().equals(guest))
                                .toList(),
                        ORIGIN))
                .toList();
        return new Model(List.of(new Host(host, uplinks, ORIGIN)), networks, guests);
    }

    /** A network in the making. */
    public static final class Builder {
        private final String name;
        private final Forwarding forwarding;
        private Optional<String> host = Optional.empty();
        private int mtu = 1500;
        private boolean stp;
        private Duration forwardDelay = Duration.ZERO;
        private Optional<DomainName> domain = Optional.empty();
        private boolean local;
        private final List<Subnet> subnets = new ArrayList<>();
        private final List<StaticRoute> routes = new ArrayList<>();
        private Dns dns = Dns.DEFAULT;
        private Optional<Qos> qos = Optional.empty();

        private Builder(String name, Forwarding forwarding) {
            this.name = name;
            this.forwarding = forwarding;
        }

        public Builder on(String hostName) {
            host = Optional.of(hostName);
            return this;
        }

        public Builder mtu(int bytes) {
            mtu = bytes;
            return this;
        }

        public Builder stp(Duration delay) {
            stp = true;
            forwardDelay = delay;
            return this;
        }

        public Builder domain(String text, boolean isLocal) {
            domain = Optional.of(new DomainName(text));
            local = isLocal;
            return this;
        }

        public Builder subnet(Subnet subnet) {
            subnets.add(subnet);
            return this;
        }

        public Builder route(String destination, String gateway) {
            routes.add(new StaticRoute(Cidr.parse(destination), IpAddress.parse(gateway), Optional.empty(), ORIGIN));
            return this;
        }

        public Builder dns(Dns wanted) {
            dns = wanted;
            return this;
        }

        /** Without a resolver. */
        public Builder noDns() {
            return dns(new Dns(false, List.of(), List.of(), List.of(), List.of()));
        }

        public Builder qos(Qos wanted) {
            qos = Optional.of(wanted);
            return this;
        }

        public Network build() {
            Bridge bridge = new Bridge(
                    new InterfaceName("vbr-" + name), stp, forwardDelay, mtu, MacAddress.parse("52:54:00:00:00:01"));
            return new Network(
                    name,
                    host,
                    forwarding,
                    bridge,
                    domain.map(text -> new Network.Domain(text, local, false)),
                    subnets,
                    routes,
                    dns,
                    Ports.PLAIN,
                    qos,
                    Policy.OPEN,
                    About.NOTHING,
                    Lifecycle.of(name),
                    ORIGIN);
        }
    }
}
