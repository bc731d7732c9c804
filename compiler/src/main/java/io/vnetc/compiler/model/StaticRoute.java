// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * A route over a router that is on the network.
 *
 * @param destination where to
 * @param gateway inside one of the network's subnets
 * @param metric absent: the kernel's default of the family
 */
public record StaticRoute(Cidr destination, IpAddress gateway, Optional<Long> metric, Origin origin) {}
