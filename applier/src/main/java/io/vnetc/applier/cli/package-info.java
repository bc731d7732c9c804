// SPDX-License-Identifier: Apache-2.0
/** The command {@code vnetc}: a small class for each of its commands. */
package io.vnetc.applier.cli;
