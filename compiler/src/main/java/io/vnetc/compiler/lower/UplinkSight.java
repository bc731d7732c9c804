// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Carried;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * A link of the host's as it was seen.
 *
 * @param mac of the link, where it has one
 * @param carried the host's addresses and routes there, or on the bridge that has them for it
 * @param carrier the bridge of ours that says that it has them
 */
public record UplinkSight(Optional<MacAddress> mac, Carried carried, Optional<InterfaceName> carrier) {}
