// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;

/**
 * A physical link, used by its role.
 *
 * @param role its name in the source
 * @param link its name in the kernel
 * @param origin of the line
 */
public record Uplink(String role, InterfaceName link, Origin origin) {}
