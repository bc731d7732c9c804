// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.host.Programs.Result;
import io.vnetc.applier.kinds.DriverException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Other packet filters. A packet gets through when the base chains of all tables let it: what vnetc accepts in its own
 * chains of iptables, another table, or the tables of iptables' other variant, may still drop.
 */
final class FirewallCheck {
    private static final Set<String> HOOKS = Set.of("forward", "input");

    private final HostContext host;

    FirewallCheck(HostContext host) {
        this.host = host;
    }

    List<Finding> findings() throws DriverException {
        List<Finding> findings = new ArrayList<>();
        for (String command : List.of("iptables", "ip6tables")) {
            if (host.programs().find(command + "-save").isEmpty()) {
                findings.add(Finding.missing(command, "is not installed", "sudo apt-get install iptables"));
            } else {
                check(command, findings);
            }
        }
        otherTables(findings);
        return findings;
    }

    private void check(String command, List<Finding> findings) throws DriverException {
        String version =
                host.programs().run(Call.of(command, "--version")).stdout().strip();
        boolean isNft = version.contains("nf_tables");
        Result saved = host.programs().run(Call.of(command + "-save"));
        if (!saved.succeeded()) {
            findings.add(Finding.missing(
                    command,
                    "cannot read the rules: " + saved.stderr().strip(),
                    "Run this as root; see dmesg for what the kernel lacks."));
            return;
        }
        findings.add(Finding.fine(command, version.replaceFirst("^ip6?tables v", "version ")));
        String all = saved.stdout() + saved.stderr();
        all.lines()
                .filter(line -> line.contains("is incompatible"))
                .forEach(line -> findings.add(Finding.problem(
                        command,
                        line.replaceFirst("^#\\s*", ""),
                        "Rules made by nft stand in a table of iptables: see them with `nft list ruleset`, and move them to a"
                                + " table of another name.")));
        String other = command + (isNft ? "-legacy-save" : "-nft-save");
        long rules = otherVariantRules(other);
        if (rules > 0) {
            findings.add(Finding.problem(
                    command,
                    "the other variant has %d rule%s, which this one does not see: %s"
                            .formatted(rules, rules == 1 ? "" : "s", other),
                    "Use one variant for all: sudo update-alternatives --config " + command));
        }
    }

    private long otherVariantRules(String program) throws DriverException {
        if (host.programs().find(program).isEmpty()) {
            return 0;
        }
        return host.programs()
                .run(Call.of(program))
                .stdout()
                .lines()
                .filter(line -> line.startsWith("-A ") || (line.startsWith(":") && line.contains(" DROP ")))
                .count();
    }

    private void otherTables(List<Finding> findings) throws DriverException {
        if (host.programs().find("nft").isEmpty()) {
            findings.add(Finding.note(
                    "nftables",
                    "nft is not installed: tables of others (firewalld, Docker …) cannot be looked at",
                    "sudo apt-get install nftables"));
            return;
        }
        Result listed = host.programs().run(Call.of("nft", "-j", "list", "chains"));
        if (!listed.succeeded()) {
            findings.add(Finding.note(
                    "nftables", "cannot list the chains: " + listed.stderr().strip(), ""));
            return;
        }
        int before = findings.size();
        try {
            for (JsonElement element :
                    JsonParser.parseString(listed.stdout()).getAsJsonObject().getAsJsonArray("nftables")) {
                if (element.getAsJsonObject().has("chain")) {
                    baseChain(element.getAsJsonObject().getAsJsonObject("chain"), findings);
                }
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            findings.add(Finding.note("nftables", "nft printed something else than expected", ""));
        }
        if (findings.size() == before) {
            findings.add(Finding.fine("nftables", "no other table drops what is forwarded, or sent to the host"));
        }
    }

    private static void baseChain(JsonObject chain, List<Finding> findings) {
        String family = text(chain, "family");
        String table = text(chain, "table");
        boolean isIptables = (family.equals("ip") || family.equals("ip6")) && table.equals("filter");
        if (!HOOKS.contains(text(chain, "hook")) || !text(chain, "type").equals("filter") || isIptables) {
            return;
        }
        String name = family + " " + table + " " + text(chain, "name");
        if (text(chain, "policy").equals("drop")) {
            findings.add(Finding.problem(
                    "nftables",
                    "the chain `" + name + "` (hook " + text(chain, "hook") + ") drops what it does not know",
                    "Let the networks' bridges through there: see `nft list chain " + name + "`."));
        } else {
            findings.add(Finding.note(
                    "nftables",
                    "the chain `" + name + "` (hook " + text(chain, "hook") + ") sees guests' packets as well",
                    ""));
        }
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
