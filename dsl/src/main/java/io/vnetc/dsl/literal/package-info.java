// SPDX-License-Identifier: Apache-2.0
/** From the text of a literal, and the kind that is wanted, to a value; and words for every text that is not one. */
package io.vnetc.dsl.literal;
