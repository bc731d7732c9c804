// SPDX-License-Identifier: Apache-2.0
/** The programs that guests run in. */
package io.vnetc.applier.qemu;
