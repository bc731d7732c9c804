// SPDX-License-Identifier: Apache-2.0
/** The dnsmasq of each network: its files, its process, and what keeps the process running. */
package io.vnetc.applier.kinds.dnsmasq;
