// SPDX-License-Identifier: Apache-2.0
/**
 * What dnsmasq(8) can be told beside the addresses and names of a network: the closed tables of its settings and of DHCP
 * options, how their values are written in its configuration, and how a line of such a configuration reads in the
 * language.
 */
package io.vnetc.compiler.dnsmasq;
