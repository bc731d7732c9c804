// SPDX-License-Identifier: Apache-2.0
/** From two states to the steps between them: what, in which order, why, and what guests notice. */
package io.vnetc.compiler.plan;
