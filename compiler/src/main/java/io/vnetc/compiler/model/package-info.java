// SPDX-License-Identifier: Apache-2.0
/**
 * What the user means, resolved: names bound, defaults filled in, addresses, MACs and interface names allocated.
 * Immutable; nothing here knows how a host is made to be so.
 */
package io.vnetc.compiler.model;
