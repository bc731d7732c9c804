// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.dsl.value.IpFamily;

/**
 * A DHCP option that has a name.
 *
 * @param name in the language
 * @param family whose DHCP it belongs to
 * @param number in that family
 * @param type of its values
 * @param many whether there may be more than one
 * @param sentAnyway whether dnsmasq sends it without being told, so that {@code none} means something
 */
public record DhcpOptionKind(
        String name, IpFamily family, int number, ValueType type, boolean many, boolean sentAnyway) {}
