// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

/**
 * Where a dnsmasq keeps its files. As whom it runs is for those to say who start it.
 *
 * @param directory of its files, absolute
 * @param leaseFile absolute; it outlives the directory
 */
public record DnsmasqPlace(String directory, String leaseFile) {}
