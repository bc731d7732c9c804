// SPDX-License-Identifier: Apache-2.0
/**
 * What the command promises, held on the real kernel: each test has a host in a network namespace of its own, runs the
 * commands in this process, and asks tools that are not ours what became of the host.
 */
package io.vnetc.applier.promises;
