// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

/** A host as it was seen at one moment; what {@code vnetc observe} prints. */
public record ObservedHost(HostState state, HostFacts facts) {}
