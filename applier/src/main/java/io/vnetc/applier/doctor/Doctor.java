// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import java.util.ArrayList;
import java.util.List;

/** Looks at all there is to look at. */
public final class Doctor {
    private Doctor() {}

    /** What was found, grouped by what it is about. */
    public static List<Finding> examine(HostContext host) throws DriverException {
        List<Finding> findings = new ArrayList<>();
        MachineCheck machine = new MachineCheck(host);
        findings.add(machine.privilege());
        findings.add(machine.tun());
        findings.addAll(machine.kernel());
        findings.add(machine.dnsmasq());
        findings.add(machine.services());
        findings.addAll(new FirewallCheck(host).findings());
        findings.add(machine.bridgeFilter());
        findings.add(machine.userNamespaces());
        return findings;
    }
}
