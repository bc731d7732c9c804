// SPDX-License-Identifier: Apache-2.0
/**
 * What the end-to-end tests stand on: guests that really boot, an internet beyond the host's uplink, and a picture of a
 * whole network namespace taken with tools that are not ours.
 */
package io.vnetc.applier.lab;
