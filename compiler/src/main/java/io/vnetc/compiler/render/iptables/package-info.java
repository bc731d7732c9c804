// SPDX-License-Identifier: Apache-2.0
/** Rules of a whole host, as iptables-restore(8) reads them. */
package io.vnetc.compiler.render.iptables;
