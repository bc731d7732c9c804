// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.dsl.value.InterfaceName;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of a host beside its resources. None of it is compared.
 *
 * @param hostName as the kernel has it
 * @param kernel release
 * @param heldLinks taps that a process has open: their guests run
 * @param holders of taps by name, as "qemu-system-x86 (pid 4711)", where that can be known
 * @param features what this kernel and machine can do, of {@link Feature}
 * @param firewalld what it says of itself; absent where none runs for this network namespace
 * @param guests that listen for commands, by name, of those that were asked
 */
public record HostFacts(
        String hostName,
        String kernel,
        Set<InterfaceName> heldLinks,
        SortedMap<InterfaceName, String> holders,
        Set<Feature> features,
        Optional<Firewalld> firewalld,
        SortedMap<String, RunningGuest> guests) {
    public HostFacts {
        heldLinks = Set.copyOf(heldLinks);
        features = Set.copyOf(features);
        guests = Collections.unmodifiableSortedMap(new TreeMap<>(guests));
    }

    /** Of a host where no guest was asked. */
    public HostFacts(
            String hostName,
            String kernel,
            Set<InterfaceName> heldLinks,
            SortedMap<InterfaceName, String> holders,
            Set<Feature> features,
            Optional<Firewalld> firewalld) {
        this(hostName, kernel, heldLinks, holders, features, firewalld, new TreeMap<>());
    }

    /** Of a host without firewalld. */
    public HostFacts(
            String hostName,
            String kernel,
            Set<InterfaceName> heldLinks,
            SortedMap<InterfaceName, String> holders,
            Set<Feature> features) {
        this(hostName, kernel, heldLinks, holders, features, Optional.empty());
    }

    /** Whether a guest takes commands. */
    public boolean answers(String guest) {
        return guests.containsKey(guest) && guests.get(guest).answers();
    }

    /** Whether a resource was in a guest, and that guest runs no more. */
    public boolean hasEnded(Resource resource) {
        return resource.inGuest().filter(guest -> !guests.containsKey(guest)).isPresent();
    }

    /** What may be missing and changes what is made. */
    public enum Feature {
        /** IPv6 forwarding of one interface by its own setting (Linux 6.17). */
        FORCE_FORWARDING,
        /** Addresses carry the protocol that made them (Linux 5.18). */
        ADDRESS_PROTOCOL,
        /** Bridges that part their ports by VLANs (CONFIG_BRIDGE_VLAN_FILTERING). */
        BRIDGE_VLANS,
        /** systemd-resolved runs, and knows the links of this network namespace. */
        RESOLVED,
        /** Queues that are fair to each flow and keep waiting times short (sch_fq_codel). */
        FQ_CODEL,
        /** Queues that are fair to each flow (sch_sfq). */
        SFQ
    }
}
