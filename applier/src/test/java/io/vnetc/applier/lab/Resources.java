// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The scripts of the lab, as files: they are run where they lie. */
final class Resources {
    private Resources() {}

    static Path script(String name) {
        URL found = Resources.class.getResource("/lab/" + name);
        if (found == null) {
            throw new IllegalStateException("the test resource lab/%s is missing".formatted(name));
        }
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot locate " + found, e);
        }
    }
}
