// SPDX-License-Identifier: Apache-2.0
/** From what is written to what is meant by it: templates put in, loops counted out, conditions decided. */
package io.vnetc.dsl.expansion;
