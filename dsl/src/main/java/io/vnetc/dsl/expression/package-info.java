// SPDX-License-Identifier: Apache-2.0
/** What an expression of the source is worth: lets, ranges and the two functions on networks, and then its typed value. */
package io.vnetc.dsl.expression;
