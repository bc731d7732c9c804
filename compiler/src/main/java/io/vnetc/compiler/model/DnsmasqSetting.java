// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A setting of a network's dnsmasq that has no place of its own in the language.
 *
 * @param name from the table of those that there are
 * @param values of the types that it takes
 */
public record DnsmasqSetting(String name, List<OptionValue> values) {
    public DnsmasqSetting {
        values = List.copyOf(values);
    }
}
