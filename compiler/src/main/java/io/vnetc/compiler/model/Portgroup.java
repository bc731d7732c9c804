// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.Optional;

/**
 * A class of NICs on a network.
 *
 * @param name unique in its network
 * @param isDefault whether NICs that name none are in it
 * @param ports its own settings, before they are merged with those of a NIC
 * @param qos of each NIC in it
 */
public record Portgroup(String name, boolean isDefault, PortSettings ports, Optional<Qos> qos, Origin origin) {}
