// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.dsl.value.Cidr;

/**
 * Addresses that are behind a link of the host.
 *
 * @param link by name
 * @param network of the addresses
 * @param connected whether the link has an address in it; otherwise a route leads there, and a wider one is no clash
 */
public record Reach(String link, Cidr network, boolean connected) {}
