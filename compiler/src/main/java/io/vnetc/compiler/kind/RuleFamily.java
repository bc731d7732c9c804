// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.IpFamily;
import java.util.List;

/** Which of the kernel's packet filters a table belongs to, and the tools that read and write it. */
public enum RuleFamily {
    IPV4("v4", "IPv4", "iptables"),
    IPV6("v6", "IPv6", "ip6tables"),
    /** Frames that a bridge hands from one port to another, as ebtables(8) sees them. */
    BRIDGE("bridge", "bridge", "ebtables");

    private final String key;
    private final String text;
    private final String tool;

    RuleFamily(String key, String text, String tool) {
        this.key = key;
        this.text = text;
        this.tool = tool;
    }

    public static RuleFamily of(IpFamily family) {
        return family == IpFamily.IPV4 ? IPV4 : IPV6;
    }

    /** In addresses of resources. */
    String key() {
        return key;
    }

    /** The tables that are used of it. */
    public List<FirewallTable.Table> tables() {
        return this == BRIDGE
                ? List.of(FirewallTable.Table.FILTER)
                : List.of(FirewallTable.Table.NAT, FirewallTable.Table.FILTER);
    }

    /** The program that prints all tables. */
    public String saveCommand() {
        return tool + "-save";
    }

    /** The program that reads the text of {@link FirewallTable#restoreText}. */
    public String restoreCommand() {
        return tool + "-restore";
    }

    /** How it is told to leave alone what it is not told of, and to wait for its lock where it has one. */
    public List<String> restoreOptions() {
        return this == BRIDGE ? List.of("--noflush") : List.of("--noflush", "--wait", "20");
    }

    /** The Debian package that both are in. */
    public String debianPackage() {
        return "iptables";
    }

    /** The line that makes a chain, or empties it. */
    String declaration(String chain) {
        return ":" + chain + (this == BRIDGE ? " RETURN" : " - [0:0]");
    }

    /** Reads what the program prints behind {@code -A CHAIN}; what is no rule of ours is kept as it is. */
    public ChainLine parse(String line) {
        return this == BRIDGE ? FrameRule.parse(line) : ChainLine.parse(line);
    }

    @Override
    public String toString() {
        return text;
    }
}
