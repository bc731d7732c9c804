// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.diagnostic.SourceRange;

/**
 * What in the input a statement says.
 *
 * @param path of the element or attribute, as in {@code network/ip/@localPtr}; of an argument {@code -netdev user,net}
 */
public record From(String path, SourceRange place) {}
