// SPDX-License-Identifier: Apache-2.0
/** Our chains in iptables and ip6tables, by the tools of these names, in whichever variant the host uses. */
package io.vnetc.applier.kinds.firewall;
