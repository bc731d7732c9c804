// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Properties that were set, by the language's words for them. What is asked for by another type than it has is not there.
 *
 * @param values of each, one at least
 */
public record PropertySet(SortedMap<String, List<OptionValue>> values) {
    /** Nothing was set. */
    public static final PropertySet NONE = new PropertySet(new TreeMap<>());

    public PropertySet {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The same without one of them. */
    public PropertySet without(String name) {
        SortedMap<String, List<OptionValue>> others = new TreeMap<>(values);
        others.remove(name);
        return new PropertySet(others);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<Boolean> flag(String name) {
        return each(name, OptionValue.Flag.class).map(OptionValue.Flag::on).findFirst();
    }

    public Optional<String> text(String name) {
        return texts(name).findFirst();
    }

    /** Texts and names of the DNS. */
    public Stream<String> texts(String name) {
        return all(name)
                .flatMap(value -> value instanceof OptionValue.Text text
                        ? Stream.of(text.text())
                        : value instanceof OptionValue.Name domain
                                ? Stream.of(domain.name().text())
                                : Stream.of());
    }

    public Stream<IpAddress> addresses(String name) {
        return each(name, OptionValue.Address.class).map(OptionValue.Address::address);
    }

    public Optional<IpAddress> address(String name) {
        return addresses(name).findFirst();
    }

    public Optional<IpAddress> address(String name, IpFamily family) {
        return addresses(name).filter(address -> address.family() == family).findFirst();
    }

    public Optional<Cidr> network(String name, IpFamily family) {
        return each(name, OptionValue.Network.class)
                .map(OptionValue.Network::network)
                .filter(network -> network.family() == family)
                .findFirst();
    }

    public Optional<Long> number(String name) {
        return each(name, OptionValue.Whole.class)
                .map(OptionValue.Whole::number)
                .findFirst();
    }

    public Optional<Duration> time(String name) {
        return each(name, OptionValue.Time.class)
                .map(OptionValue.Time::duration)
                .findFirst();
    }

    private Stream<OptionValue> all(String name) {
        return values.getOrDefault(name, List.of()).stream();
    }

    private <T extends OptionValue> Stream<T> each(String name, Class<T> type) {
        return all(name).filter(type::isInstance).map(type::cast);
    }
}
