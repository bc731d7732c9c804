// SPDX-License-Identifier: Apache-2.0
/** The machine that vnetc runs on: its directories, files, programs and identity. */
package io.vnetc.applier.host;
