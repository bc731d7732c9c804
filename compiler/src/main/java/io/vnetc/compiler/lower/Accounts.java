// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Nic;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Numbers of users and groups on the host.
 *
 * @param users by name
 * @param groups by name
 */
public record Accounts(Map<String, Long> users, Map<String, Long> groups) {
    public static final Accounts NONE = new Accounts(Map.of(), Map.of());

    public Accounts {
        users = Map.copyOf(users);
        groups = Map.copyOf(groups);
    }

    /** The users whose numbers lowering asks for. */
    public static SortedSet<String> userNames(Model model) {
        return names(model, Nic::user);
    }

    /** The groups whose numbers lowering asks for. */
    public static SortedSet<String> groupNames(Model model) {
        return names(model, Nic::group);
    }

    private static SortedSet<String> names(Model model, Function<Nic, Optional<String>> account) {
        TreeSet<String> names = new TreeSet<>();
        model.guests()
                .forEach(guest -> guest.nics().stream()
                        .flatMap(nic -> account.apply(nic).stream())
                        .filter(name -> !isNumber(name))
                        .forEach(names::add));
        return names;
    }

    Optional<Long> user(String name) {
        return number(name, users);
    }

    Optional<Long> group(String name) {
        return number(name, groups);
    }

    private static Optional<Long> number(String name, Map<String, Long> numbers) {
        return isNumber(name) ? Optional.of(Long.parseLong(name)) : Optional.ofNullable(numbers.get(name));
    }

    /** 2^32-1 is no account but "leave as it is" (TUNSETOWNER, chown(2)). */
    private static boolean isNumber(String name) {
        return name.matches("[0-9]{1,10}") && Long.parseLong(name) < 0xffff_ffffL;
    }
}
