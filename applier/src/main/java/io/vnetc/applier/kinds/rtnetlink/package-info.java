// SPDX-License-Identifier: Apache-2.0
/**
 * The kinds that rtnetlink(7) knows: links, bridges and taps among them, addresses, routes, and the settings of links that
 * are in {@code /proc/sys/net}.
 */
package io.vnetc.applier.kinds.rtnetlink;
