// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.tun;

import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.LinkNames;
import io.vnetc.dsl.value.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The character device of a macvtap, which QEMU has no name for and is given open.
 *
 * @param link its name
 * @param index of the link, which names its node in {@code /dev}
 * @param major number of the device
 * @param minor number of the device
 */
public record MacvtapDevice(String link, int index, int major, int minor) {
    private static final Path LINKS = Path.of("/sys/class/net");
    private static final Path NODES = Path.of("/dev");
    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,4}):([0-9]{1,7})");

    public MacvtapDevice {
        LinkNames.valid(link);
    }

    /**
     * That of a link, by what {@code /sys} tells; empty where that knows no macvtap of this name, index and address:
     * {@code /sys} is of the network namespace that it was mounted in.
     */
    public static Optional<MacvtapDevice> find(String link, int index, MacAddress mac) throws IOException {
        Path folder = LINKS.resolve(LinkNames.valid(link));
        Path address = folder.resolve("address");
        if (!Files.exists(address) || !line(address).equals(mac.toString())) {
            return Optional.empty();
        }
        for (Path numbers : List.of(folder.resolve("tap" + index), folder.resolve("macvtap/tap" + index))) {
            Path file = numbers.resolve("dev");
            if (Files.exists(file)) {
                Matcher parts = NUMBERS.matcher(line(file));
                if (!parts.matches()) {
                    throw new IOException(file + " holds no numbers of a device");
                }
                return Optional.of(new MacvtapDevice(
                        link, index, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))));
            }
        }
        return Optional.empty();
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    }

    /** Its node, which in another network namespace may be that of another macvtap with the same index. */
    public static Path node(int index) {
        return NODES.resolve("tap" + index);
    }

    /** Both numbers in one, as stat(2) has them (makedev(3)). */
    public long number() {
        long upper = ((major & 0xffff_f000L) << 32) | ((minor & 0xffff_ff00L) << 12);
        return upper | ((major & 0xfffL) << 8) | (minor & 0xffL);
    }

    /** Whether this file is its node. */
    public boolean isAt(Path node) throws IOException {
        return Files.exists(node, LinkOption.NOFOLLOW_LINKS)
                && (Long) Files.getAttribute(node, "unix:rdev", LinkOption.NOFOLLOW_LINKS) == number();
    }

    /**
     * Opens a queue of it by a node of it. The kernel lets any number of processes do that, and gives each a part of the
     * frames.
     *
     * @param multiQueue whether it is one of several that one process holds
     */
    public Descriptor open(Path node, boolean multiQueue) throws IOException {
        String operation = "open the macvtap " + link;
        Descriptor descriptor = Descriptor.open(node, Descriptor.READ_WRITE);
        try {
            if (descriptor.device() != number()) {
                throw new IOException(node + " is not the device of " + link);
            }
            TunRequests.attach(descriptor, link, multiQueue ? TunRequests.IFF_MULTI_QUEUE : 0, operation);
            return descriptor;
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }
}
