// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.diagnostic.SourceRange;

/**
 * What in the XML a statement says.
 *
 * @param path of the element or attribute, as in {@code network/ip/@localPtr}
 */
record From(String path, SourceRange place) {}
