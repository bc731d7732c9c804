// SPDX-License-Identifier: Apache-2.0
/** What runs the host's other networks: libvirt's definitions, and dnsmasq processes that are not ours. */
package io.vnetc.applier.finds;
