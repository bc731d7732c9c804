// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import java.util.List;

/**
 * What a virtio card is set to, on either side.
 *
 * @param element of libvirt's {@code driver} that has the attribute; empty: itself
 * @param attribute of libvirt
 * @param property of the language
 */
public record DriverOption(String element, String attribute, String property) {
    /** All whose values are the same on both sides. */
    public static final List<DriverOption> ALL = List.of(
            new DriverOption("", "rx_queue_size", "rx-queue-size"),
            new DriverOption("", "tx_queue_size", "tx-queue-size"),
            new DriverOption("", "ioeventfd", "ioeventfd"),
            new DriverOption("", "event_idx", "event-idx"),
            new DriverOption("", "rss", "rss"),
            new DriverOption("", "rss_hash_report", "rss-hash-report"),
            new DriverOption("", "iommu", "iommu"),
            new DriverOption("", "ats", "ats"),
            new DriverOption("", "packed", "packed"),
            new DriverOption("", "page_per_vq", "page-per-vq"),
            new DriverOption("host", "csum", "host-csum"),
            new DriverOption("host", "gso", "host-gso"),
            new DriverOption("host", "tso4", "host-tso4"),
            new DriverOption("host", "tso6", "host-tso6"),
            new DriverOption("host", "ecn", "host-ecn"),
            new DriverOption("host", "ufo", "host-ufo"),
            new DriverOption("host", "mrg_rxbuf", "mergeable-buffers"),
            new DriverOption("guest", "csum", "guest-csum"),
            new DriverOption("guest", "tso4", "guest-tso4"),
            new DriverOption("guest", "tso6", "guest-tso6"),
            new DriverOption("guest", "ecn", "guest-ecn"),
            new DriverOption("guest", "ufo", "guest-ufo"));
}
