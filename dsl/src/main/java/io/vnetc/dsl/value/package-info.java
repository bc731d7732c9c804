// SPDX-License-Identifier: Apache-2.0
/**
 * The values of the language: addresses, networks, rates, sizes, times and names, each parsed once into a type that
 * cannot hold a wrong value. Their {@code toString} is the one canonical spelling, and parses back to an equal value.
 */
package io.vnetc.dsl.value;
