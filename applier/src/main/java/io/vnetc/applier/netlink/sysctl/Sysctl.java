// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.sysctl;

import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.system.LinkNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One setting of a network namespace below {@code /proc/sys/net}. It is read and written in the namespace of the calling
 * thread.
 *
 * @param path relative to {@code /proc/sys/net}, never leading out of it
 */
public record Sysctl(Path path) {
    private static final Path ROOT = Path.of("/proc/sys/net");
    private static final int MAX_OCTETS = 4096;

    /** The path has to be relative, and without {@code ..}. */
    public Sysctl {
        if (path.isAbsolute()
                || !path.equals(path.normalize())
                || path.startsWith("..")
                || path.toString().isEmpty()) {
            throw new IllegalArgumentException("not a place below " + ROOT + ": " + path);
        }
    }

    /** An IPv4 setting of one link. */
    public static Sysctl of(String link, Ipv4Setting setting) {
        return new Sysctl(Path.of("ipv4/conf", linkName(link), setting.key()));
    }

    /** An IPv6 setting of one link. */
    public static Sysctl of(String link, Ipv6Setting setting) {
        return new Sysctl(Path.of("ipv6/conf", linkName(link), setting.key()));
    }

    /** An IPv4 setting of {@code all}, which means something else for each. */
    public static Sysctl ofAll(Ipv4Setting setting) {
        return new Sysctl(Path.of("ipv4/conf/all", setting.key()));
    }

    /** An IPv6 setting of {@code all}, which means something else for each. */
    public static Sysctl ofAll(Ipv6Setting setting) {
        return new Sysctl(Path.of("ipv6/conf/all", setting.key()));
    }

    private static String linkName(String link) {
        if (link.equals("all") || link.equals("default")) {
            throw new IllegalArgumentException("the settings of a link called " + link + " cannot be told from others");
        }
        return LinkNames.valid(link);
    }

    /** As {@code sysctl(8)} writes it, with the dots of a link's name as slashes: {@code net.ipv4.conf.eth0/5.forwarding}. */
    public String name() {
        StringBuilder text = new StringBuilder("net");
        for (Path part : path) {
            text.append('.').append(part.toString().replace('.', '/'));
        }
        return text.toString();
    }

    /** Whether there is such a setting: the link is there, and the kernel knows the key. */
    public boolean exists() {
        return Files.exists(ROOT.resolve(path));
    }

    /**
     * The value, without the line's end.
     *
     * @throws IOException when there is no such setting, or it cannot be read
     */
    public String read() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(ROOT.resolve(path), StandardOpenOption.READ)) {
            // In one go: many settings give nothing more after their first read, however short it was, and
            // Files.readString begins with a single octet because the file says that it is empty.
            ByteBuffer value = ByteBuffer.allocate(MAX_OCTETS);
            channel.read(value);
            return StandardCharsets.UTF_8.decode(value.flip()).toString().strip();
        } catch (IOException e) {
            throw explained("read " + name(), e);
        }
    }

    /**
     * Sets it, in one write.
     *
     * @throws IOException when there is no such setting, or the kernel refuses the value
     */
    public void write(String value) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(ROOT.resolve(path), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((value + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw explained("set " + name() + " to " + value, e);
        }
    }

    private static IOException explained(String operation, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "there is no such link, or this kernel has no such setting"
                : reason(e);
        return new IOException("cannot " + operation + ": " + why, e);
    }

    /** What the kernel said, without the path that Java puts before it. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException file) {
            return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        }
        return e.getMessage();
    }

    @Override
    public String toString() {
        return name();
    }
}
