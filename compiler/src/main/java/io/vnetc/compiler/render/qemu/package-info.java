// SPDX-License-Identifier: Apache-2.0
/** Arguments that plug guests in. */
package io.vnetc.compiler.render.qemu;
