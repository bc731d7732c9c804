// SPDX-License-Identifier: Apache-2.0
/** Guests with the arguments that are printed for them, in real QEMUs. */
package io.vnetc.applier.guests;
