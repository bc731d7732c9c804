// SPDX-License-Identifier: Apache-2.0
/** The cards of guests that run: what their QEMUs tell of them over QMP, and how they are plugged in and taken out. */
package io.vnetc.applier.kinds.guest;
