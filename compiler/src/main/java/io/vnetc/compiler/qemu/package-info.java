// SPDX-License-Identifier: Apache-2.0
/** What cards and backends of QEMU can be set to: tables, from which the language, the arguments and both imports are read. */
package io.vnetc.compiler.qemu;
