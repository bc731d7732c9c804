// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.schema.DriverOption;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Card;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.render.qemu.QemuArguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One NIC as an element of a domain's devices. */
final class InterfaceXml {
    /** Before aliases that are the user's own. */
    private static final String OWN_ALIAS = "ua-";

    private final Unsayable unsayable;
    private final ConnectionXml connections;

    /** @param pools of devices, by name */
    InterfaceXml(Map<String, Pool> pools, Unsayable unsayable) {
        this.unsayable = unsayable;
        this.connections = new ConnectionXml(pools, unsayable);
    }

    /**
     * A NIC.
     *
     * @param mtu that its guest is to use
     * @return nothing where libvirt has none like it, which is reported
     */
    Optional<XmlElement> of(Nic nic, int mtu) {
        if (nic.card().hub().isPresent()) {
            unsayable.report(nic.origin(), "a hub inside of QEMU");
            return Optional.empty();
        }
        return connections.of(nic).map(element -> {
            List<XmlElement> parts = new ArrayList<>();
            boolean isEmulated = !(nic.attachment() instanceof Attachment.Passthrough)
                    && !(nic.attachment() instanceof Attachment.Function);
            Set<String> said = new HashSet<>();
            if (isEmulated) {
                parts.add(XmlElement.of("model").with("type", model(nic.card().model())));
                driver(nic, said).ifPresent(parts::add);
                if (nic.card().model().isVirtio() && (nic.mtu().isPresent() || mtu != QemuArguments.ETHERNET_MTU)) {
                    parts.add(XmlElement.of("mtu").with("size", mtu));
                }
                nic.card()
                        .sendBuffer()
                        .ifPresent(bytes -> parts.add(XmlElement.of("tune")
                                .with(XmlElement.of("sndbuf").withText(Long.toString(bytes)))));
                if (!nic.card().linkUp()) {
                    parts.add(XmlElement.of("link").with("state", "down"));
                }
            }
            parts.addAll(new PlacementXml(nic, unsayable).parts(said));
            parts.add(XmlElement.of("alias").with("name", OWN_ALIAS + nic.name()));
            teaming(nic.card()).ifPresent(parts::add);
            unsaid(nic, said);
            return element.with(parts);
        });
    }

    /** libvirt has one word for virtio, and a card of its own on each bus. */
    private static String model(CardModel model) {
        return model == CardModel.VIRTIO_CCW || model == CardModel.VIRTIO_MMIO ? CardModel.VIRTIO.word() : model.word();
    }

    private Optional<XmlElement> driver(Nic nic, Set<String> said) {
        Card card = nic.card();
        if (!card.model().isVirtio()) {
            card.vhost()
                    .ifPresent(vhost ->
                            unsayable.report(nic.origin(), "who moves the packets of a card that is no virtio"));
            return Optional.empty();
        }
        PropertySet set = card.properties();
        XmlElement driver = XmlElement.of("driver")
                .with("name", card.vhost().map(vhost -> vhost ? "vhost" : "qemu"))
                .with("txmode", set.text("tx-mode").map(mode -> mode.equals("timer") ? mode : "iothread"))
                .with("queues", Optional.of(nic.queues()).filter(queues -> queues > 1));
        said.add("tx-mode");
        driver = options(driver, "", set, said);
        for (String side : List.of("host", "guest")) {
            XmlElement offloads = options(XmlElement.of(side), side, set, said);
            if (!offloads.attributes().isEmpty()) {
                driver = driver.with(offloads);
            }
        }
        return driver.attributes().isEmpty() && driver.content().isEmpty() ? Optional.empty() : Optional.of(driver);
    }

    private static XmlElement options(XmlElement element, String owner, PropertySet set, Set<String> said) {
        XmlElement with = element;
        for (DriverOption option : DriverOption.ALL) {
            if (option.element().equals(owner)) {
                said.add(option.property());
                with = with.with(option.attribute(), value(set, option.property()));
            }
        }
        return with;
    }

    private static Optional<String> value(PropertySet set, String property) {
        return set.values().getOrDefault(property, List.of()).stream()
                .findFirst()
                .map(value -> value instanceof OptionValue.Flag flag
                        ? flag.on() ? "on" : "off"
                        : value instanceof OptionValue.Whole whole ? Long.toString(whole.number()) : "");
    }

    private static Optional<XmlElement> teaming(Card card) {
        if (card.isStandby()) {
            return Optional.of(XmlElement.of("teaming").with("type", "persistent"));
        }
        return card.standby()
                .map(standby ->
                        XmlElement.of("teaming").with("type", "transient").with("persistent", OWN_ALIAS + standby));
    }

    private void unsaid(Nic nic, Set<String> said) {
        for (String property : nic.card().properties().values().keySet()) {
            if (!said.contains(property)) {
                unsayable.report(nic.origin(), "the setting `" + property + "` of a card");
            }
        }
    }
}
