// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.vnet.Bridge;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Dhcp;
import io.vnetc.dsl.vnet.DnsService;
import io.vnetc.dsl.vnet.Domain;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Lease;
import io.vnetc.dsl.vnet.Limit;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.Portgroup;
import io.vnetc.dsl.vnet.Reservation;
import io.vnetc.dsl.vnet.StaticRoute;
import io.vnetc.dsl.vnet.Subnet;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.Test;
import io.vnetc.dsl.vnet.Uplink;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;

/** Asks for the value of every setting as a compiler does, for tests of what is said about wrong ones. */
final class AllValues {
    private final Evaluator evaluator;
    private final ParsedSources sources;

    AllValues(ParsedSources sources) {
        this.sources = sources;
        this.evaluator = new Evaluator(sources);
    }

    void evaluate() {
        for (Declaration declaration : sources.declarations()) {
            if (!(declaration instanceof Template) && !(declaration instanceof Test)) {
                evaluate(declaration);
                declaration.eAllContents().forEachRemaining(this::evaluate);
            }
        }
    }

    private void evaluate(EObject object) {
        if (object instanceof Uplink uplink) {
            evaluator.interfaceName(uplink, Literals.UPLINK__LINK, 0);
        } else if (object instanceof Forward forward) {
            forward.getPorts().forEach(evaluator::portRange);
        } else if (object instanceof Bridge bridge) {
            bridge(bridge);
        } else if (object instanceof Domain domain) {
            evaluator.domainName(domain, Literals.DOMAIN__NAME, 0);
        } else if (object instanceof Subnet subnet) {
            subnet(subnet);
        } else if (object instanceof StaticRoute route) {
            evaluator.cidr(route.getDestination());
            evaluator.address(route.getGateway(), Optional.empty());
        } else if (object instanceof Lease lease) {
            evaluator.lease(lease);
        } else if (object instanceof DnsService service) {
            evaluator.integer(service.getPort(), 0, 65_535, "a port");
        } else if (object instanceof Limit limit) {
            limit.getAverages().forEach(evaluator::rate);
            limit.getPeaks().forEach(evaluator::rate);
            limit.getBursts().forEach(evaluator::size);
        } else if (object instanceof Portgroup portgroup) {
            portgroup.getVlans().forEach(vlan -> evaluator.integer(vlan.getTag(), 1, 4094, "a VLAN"));
        } else if (object instanceof Guest guest && guest.getRange() != null) {
            evaluator.integerRange(guest.getRange(), 0, 9_999, "a number of a vm");
        } else if (object instanceof Nic nic) {
            nic.getMacs().forEach(evaluator::mac);
            nic.getQueues().forEach(queues -> evaluator.integer(queues, 1, 256, "a number of queues"));
        }
    }

    private void bridge(Bridge bridge) {
        if (bridge.getName() != null) {
            evaluator.interfaceName(bridge, Literals.BRIDGE__NAME, 0);
        }
        bridge.getForwardDelays().forEach(evaluator::duration);
        bridge.getMtus().forEach(mtu -> evaluator.integer(mtu, 68, 65_535, "an MTU"));
        bridge.getMacs().forEach(evaluator::mac);
    }

    private void subnet(Subnet subnet) {
        Optional<Cidr> network = evaluator.cidr(subnet.getNetwork());
        if (network.isEmpty()) {
            return;
        }
        subnet.getGateways().forEach(gateway -> evaluator.address(gateway, network));
        for (Dhcp dhcp : subnet.getDhcp()) {
            if (dhcp.getRange() != null) {
                evaluator.addressRange(dhcp.getRange(), network);
            }
            for (Reservation reservation : dhcp.getReservations()) {
                reservation.getMacs().forEach(evaluator::mac);
                reservation.getDuids().forEach(evaluator::duid);
                reservation.getAddresses().forEach(address -> evaluator.address(address, network));
            }
        }
    }
}
