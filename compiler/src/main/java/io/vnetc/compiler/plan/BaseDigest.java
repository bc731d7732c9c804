// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan was made from, in one line: the resources that its steps touch, what these need and what needs them, who
 * holds the claims that they take, whose addresses theirs would be, and which running guests notice. A plan is stale
 * when it changes; what else happens on the host does not change it.
 */
public final class BaseDigest {
    private final MessageDigest digest;

    private BaseDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * The digest for the plan's steps on this host.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public static String of(KindTable kinds, Plan plan, ObservedHost host) {
        return of(kinds, plan.steps(), new HostIndex(host));
    }

    static String of(KindTable kinds, List<Step> steps, HostIndex index) {
        BaseDigest base = new BaseDigest();
        Set<ResourceAddress> touched = new HashSet<>();
        Set<Claim> claims = new HashSet<>();
        TreeMap<ResourceAddress, Entry> clashes = new TreeMap<>();
        for (Step step : steps) {
            touched.add(step.address());
            step.before().ifPresent(side -> addClaims(side, claims));
            step.after().ifPresent(side -> addClaims(side, claims));
            for (Entry lost : lost(kinds, step, index)) {
                touched.add(lost.resource().address());
            }
            Optional<Reach> reach = step.after().flatMap(Resource::reach);
            if (reach.isPresent()) {
                for (Entry clash : index.clashes(reach.get())) {
                    clashes.put(clash.resource().address(), clash);
                }
            }
        }
        for (Claim claim : claims.stream().sorted().toList()) {
            base.text("claim").text(claim.space()).text(claim.value());
            for (Entry holder : index.holders(claim)) {
                touched.add(holder.resource().address());
                base.text(holder.resource().address().toString());
            }
        }
        for (ResourceAddress address : touched.stream().sorted().toList()) {
            base.text("resource").text(address.toString());
            index.host().state().find(address).ifPresent(base::entry);
        }
        clashes.values().forEach(entry -> base.text("reach").entry(entry));
        Impacts impacts = new Impacts(kinds, index);
        for (Step step : steps) {
            Impact impact = impacts.of(kinds.effect(step.before(), step.after()));
            impact.guests()
                    .forEach(guest ->
                            base.text("guest").text(step.address().toString()).text(guest));
        }
        return "sha256:" + HexFormat.of().formatHex(base.digest.digest());
    }

    private static void addClaims(Resource side, Set<Claim> claims) {
        claims.addAll(side.claims());
        claims.addAll(side.needs());
    }

    /** What would be lost by the step as the host is now; a plan has made steps of all that was. */
    private static Collection<Entry> lost(KindTable kinds, Step step, HostIndex index) {
        List<Entry> lost = new ArrayList<>(Losses.dragged(kinds, index, step.before(), step.after()));
        for (Claim claim : Move.claims(step.before())) {
            if (!Move.claims(step.after()).contains(claim)) {
                lost.addAll(index.needers(claim));
            }
        }
        return lost;
    }

    private void entry(Entry entry) {
        text(entry.standing().name()).value(entry.resource().attributes());
        entry.former().ifPresent(former -> text("former").value(former.attributes()));
    }

    private BaseDigest value(AttributeValue value) {
        if (value instanceof Attributes group) {
            text("{");
            for (Map.Entry<String, AttributeValue> member : new TreeMap<>(group.values()).entrySet()) {
                text(member.getKey()).value(member.getValue());
            }
            return text("}");
        }
        if (value instanceof AttributeValue.Lines lines) {
            text("[");
            lines.lines().forEach(this::text);
            return text("]");
        }
        return text(value.getClass().getSimpleName()).text(value.toString());
    }

    /** Each text after its length, so that no two sequences are one. */
    private BaseDigest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }
}
