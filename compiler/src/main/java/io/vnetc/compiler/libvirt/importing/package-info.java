// SPDX-License-Identifier: Apache-2.0
/** From libvirt's XML of networks and NICs to the language: all of its meaning, or an error with the place of what has no equal. */
package io.vnetc.compiler.libvirt.importing;
