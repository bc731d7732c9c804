// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The state of a whole network namespace as tools that are not ours tell it ({@code ip}, {@code bridge}, {@code tc},
 * {@code iptables-save} of both variants, {@code /proc}): the judge of "as it was before" and of "nothing else changed".
 * What changes without anybody's doing is left out: indexes, operational state, counters, timers, learned FDB entries,
 * automatic link-local addresses, the kernel's own routes and default qdiscs, process ids. An empty built-in chain with
 * policy ACCEPT counts as absent.
 *
 * @param sections by name of the section, then by key of the item: its canonical text, of one line or several
 */
public record NamespaceSnapshot(SortedMap<String, SortedMap<String, String>> sections) {
    public NamespaceSnapshot {
        SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
        sections.forEach((name, items) -> copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(items))));
        sections = Collections.unmodifiableSortedMap(copy);
    }

    /** Takes a picture of a namespace: in about 50 ms, so around every step of a test. */
    public static NamespaceSnapshot of(NetworkNamespace namespace) {
        return SnapshotReader.read(namespace.exec("sh", "-c", script()));
    }

    /** The items of a section by their keys, none if there is no such section. */
    public SortedMap<String, String> section(String name) {
        return sections.getOrDefault(name, Collections.emptySortedMap());
    }

    /** What is different in this picture from an earlier one. */
    public SnapshotDifference since(NamespaceSnapshot before) {
        List<SnapshotDifference.Change> changes = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(before.sections.keySet());
        names.addAll(sections.keySet());
        for (String name : names) {
            SortedMap<String, String> old = before.section(name);
            SortedMap<String, String> now = section(name);
            SortedSet<String> keys = new TreeSet<>(old.keySet());
            keys.addAll(now.keySet());
            for (String key : keys) {
                Optional<String> was = Optional.ofNullable(old.get(key));
                Optional<String> is = Optional.ofNullable(now.get(key));
                if (!was.equals(is)) {
                    changes.add(new SnapshotDifference.Change(name, key, was, is));
                }
            }
        }
        return new SnapshotDifference(changes);
    }

    /** All of it, as text. */
    @Override
    public String toString() {
        return sections.entrySet().stream()
                .flatMap(section -> section.getValue().entrySet().stream()
                        .map(item -> "[%s %s]%n%s%n".formatted(section.getKey(), item.getKey(), item.getValue())))
                .collect(Collectors.joining());
    }

    private static String script() {
        try {
            return Files.readString(Resources.script("snapshot-namespace"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
