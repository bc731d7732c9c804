// SPDX-License-Identifier: Apache-2.0
/** The configuration and the hosts files of dnsmasq(8). */
package io.vnetc.compiler.render.dnsmasq;
