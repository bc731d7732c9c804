// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.resolve.explain.Explanation.Setting;
import java.util.ArrayList;
import java.util.List;

/** What nobody said, and what it therefore is. */
final class Unsaid {
    private static final String DEFAULT = "default";

    private final List<Setting> said;
    private final List<Setting> unsaid = new ArrayList<>();

    private Unsaid(List<Setting> said) {
        this.said = List.copyOf(said);
    }

    static List<Setting> of(Network network, List<Setting> said) {
        Unsaid unsaid = new Unsaid(said);
        if (network.forwarding() instanceof Forwarding.Isolated) {
            unsaid.add("forward mode", "none: isolated", DEFAULT);
        }
        String derived = "derived from the name `" + network.lifecycle().identity() + "`";
        unsaid.add("bridge name", network.bridge().name(), derived);
        if (!(network.forwarding() instanceof Forwarding.ExistingBridge)) {
            unsaid.add("bridge mac", network.bridge().mac(), derived);
            unsaid.add("bridge mtu", network.bridge().mtu(), DEFAULT);
            unsaid.add("bridge stp", network.bridge().stp() ? "on" : "off", DEFAULT);
        }
        return unsaid.unsaid;
    }

    static List<Setting> of(Guest guest, List<Setting> said) {
        Unsaid unsaid = new Unsaid(said);
        for (Nic nic : guest.nics()) {
            String path = "nic " + nic.name();
            String derived = "derived from the name `" + guest.name() + "/" + nic.name() + "`";
            if (nic.attachment() instanceof Attachment.Function function) {
                unsaid.add(path + " function", function.member(), "of the pool `" + function.pool() + "`");
            }
            nic.attachment().link().ifPresent(link -> unsaid.add(path + " tap", link, derived));
            unsaid.add(path + " mac", nic.mac(), derived);
            nic.portgroup().ifPresent(group -> unsaid.add(path + " portgroup", group, "the network's default"));
            if (nic.attachment() instanceof Attachment.Function) {
                continue;
            }
            unsaid.add(path + " queues", nic.queues(), DEFAULT);
            unsaid.add(path + " mtu", nic.mtu().map(Object::toString).orElse("the network's"), DEFAULT);
        }
        return unsaid.unsaid;
    }

    private void add(String path, Object value, String from) {
        if (said.stream().noneMatch(setting -> setting.path().equals(path))) {
            unsaid.add(new Setting(path, value.toString(), from));
        }
    }
}
