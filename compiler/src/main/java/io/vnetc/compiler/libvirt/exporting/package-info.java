// SPDX-License-Identifier: Apache-2.0
/** From the model to libvirt's network XML: all that libvirt can say, or an error with the place of what it cannot. */
package io.vnetc.compiler.libvirt.exporting;
