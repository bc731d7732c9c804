// SPDX-License-Identifier: Apache-2.0
/**
 * From the syntax tree to the model: settings typed, defaults filled in, names and MACs allocated, clashes found. No
 * node of the tree passes beyond this package. The same meaning gives the same model, however the source is ordered and
 * cut into files.
 */
package io.vnetc.compiler.resolve;
