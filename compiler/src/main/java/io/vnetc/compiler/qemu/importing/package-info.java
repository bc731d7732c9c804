// SPDX-License-Identifier: Apache-2.0
/** Reads command lines of QEMU, as they are written or as a running one has it, into the language. */
package io.vnetc.compiler.qemu.importing;
