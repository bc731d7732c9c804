// SPDX-License-Identifier: Apache-2.0
/** What libvirt's network XML consists of: one table, by which it is read and what is written is held against. */
package io.vnetc.compiler.libvirt.schema;
