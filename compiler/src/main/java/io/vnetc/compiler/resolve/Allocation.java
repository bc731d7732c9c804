// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names and MACs that the source leaves open. Each derives from its owner's path alone, so adding, removing or
 * reordering others never changes one; two that come out equal are a clash like any other, and the source decides.
 */
final class Allocation {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int HASH_CHARACTERS = 5;
    /** Locally administered, and what people know a guest by; QEMU's own begin 52:54:00. */
    private static final long MAC_PREFIX = 0x5254L << 32;

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    private Allocation() {}

    /** {@code vbr-office}. */
    static InterfaceName bridge(String network) {
        return name("vbr-", network, Owner.network(network));
    }

    /** {@code vt-web-eth0}. */
    static InterfaceName tap(String guest, String nic) {
        return name("vt-", guest + "-" + nic, Owner.nic(guest, nic));
    }

    /** 52:54 and the first 32 bits of SHA-256. */
    static MacAddress mac(Owner owner) {
        return new MacAddress(MAC_PREFIX | Integer.toUnsignedLong(hash("mac:" + owner.path())));
    }

    /** An address of the host itself, 127.0.0.0/8, of 254 to the power of three: two cables hardly ever get the same. */
    static IpAddress loopback(String key) {
        int hash = hash("loopback:" + key);
        return IpAddress.ofBytes(new byte[] {127, octet(hash >>> 16), octet(hash >>> 8), octet(hash)});
    }

    /** A group of an organisation's own, 239.192.0.0/14 (RFC 2365). */
    static IpAddress group(String key) {
        int hash = hash("group:" + key);
        return IpAddress.ofBytes(
                new byte[] {(byte) 239, (byte) (192 + (hash >>> 16 & 3)), octet(hash >>> 8), octet(hash)});
    }

    /** A port that the kernel gives to nobody who does not ask for it (ip_local_port_range). */
    static int port(String key) {
        return FIRST_PORT + Integer.remainderUnsigned(hash("port:" + key), PORTS);
    }

    private static byte octet(int hash) {
        return (byte) (1 + (hash & 0xff) % 254);
    }

    private static InterfaceName name(String prefix, String name, Owner owner) {
        if (prefix.length() + name.length() <= InterfaceName.MAX_LENGTH) {
            return new InterfaceName(prefix + name);
        }
        int room = InterfaceName.MAX_LENGTH - prefix.length() - 1 - HASH_CHARACTERS;
        return new InterfaceName(prefix + name.substring(0, room) + "-" + hashText(owner.path()));
    }

    private static String hashText(String path) {
        int bits = hash(path);
        StringBuilder text = new StringBuilder(HASH_CHARACTERS);
        for (int i = 0; i < HASH_CHARACTERS; i++) {
            text.append(BASE32.charAt((bits >>> (27 - 5 * i)) & 31));
        }
        return text.toString();
    }

    /** The first 32 bits of SHA-256. */
    private static int hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
