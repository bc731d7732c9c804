// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import io.vnetc.compiler.model.Model;

/** A model as text, without the places in the source that its parts came from. */
final class WithoutPlaces {
    private WithoutPlaces() {}

    static String of(Model model) {
        return model.toString()
                .replaceAll(", origin=[^\\],]*", "")
                .replaceAll("[a-z]+\\.vnet:[0-9]+", "")
                .replace("Network[", "\nNetwork[")
                .replace(", ", ",\n  ");
    }
}
