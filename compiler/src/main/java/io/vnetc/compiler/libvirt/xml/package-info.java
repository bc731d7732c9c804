// SPDX-License-Identifier: Apache-2.0
/** XML as a small tree: read with the place of each element and attribute, and written. */
package io.vnetc.compiler.libvirt.xml;
