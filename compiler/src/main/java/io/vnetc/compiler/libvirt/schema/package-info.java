// SPDX-License-Identifier: Apache-2.0
/** What libvirt's XML of networks and NICs consists of: tables, by which they are read and what is written is held against. */
package io.vnetc.compiler.libvirt.schema;
