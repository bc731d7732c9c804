// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import java.util.List;

/**
 * What a plan does for one network, for the guests, or for the host.
 *
 * @param title as "network office"
 * @param items in order
 */
record Section(String title, List<Item> items) {}
