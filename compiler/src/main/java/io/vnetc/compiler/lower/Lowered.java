// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.state.HostState;
import java.util.List;

/**
 * A source, for one host.
 *
 * @param desired what the host is to be
 * @param guests with a card on the host, sorted by name
 * @param notices what a person should know
 * @param conflicts what the source wants of the host and cannot have; where there are any, nothing may be applied
 */
public record Lowered(HostState desired, List<QemuArguments> guests, List<String> notices, List<Conflict> conflicts) {
    public Lowered {
        guests = List.copyOf(guests);
        notices = List.copyOf(notices);
        conflicts = List.copyOf(conflicts);
    }
}
