// SPDX-License-Identifier: Apache-2.0
/** The kinds of resources: one file for each, and {@link io.vnetc.compiler.kind.Kinds} that lists them. */
package io.vnetc.compiler.kind;
