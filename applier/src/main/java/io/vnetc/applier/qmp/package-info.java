// SPDX-License-Identifier: Apache-2.0
/**
 * QEMU's machine protocol on a unix socket: JSON, a line each way. What comes from the other end is hostile until parsed,
 * and nothing waits for ever.
 */
package io.vnetc.applier.qmp;
