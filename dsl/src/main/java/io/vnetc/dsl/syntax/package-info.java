// SPDX-License-Identifier: Apache-2.0
/** From text to syntax tree: a look at the characters first, then Xtext's parser with words of our own for its errors. */
package io.vnetc.dsl.syntax;
