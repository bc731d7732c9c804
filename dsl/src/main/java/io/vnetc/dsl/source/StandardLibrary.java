// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The files that ship with the compiler, by the name of their module: {@code std.nat} is {@code std/nat.vnet}. */
public final class StandardLibrary {
    /** What the path of such a file begins with, so that it is never taken for one of the user's. */
    public static final String SCHEME = "vnetc:";

    private static final List<String> MODULES = List.of("std.guest", "std.lab", "std.nat", "std.network", "std.qos");

    private StandardLibrary() {}

    /** The names of all modules. */
    public static List<String> modules() {
        return MODULES;
    }

    /** The path under which a module's file is shown. */
    static String path(String module) {
        return SCHEME + module.replace('.', '/') + ".vnet";
    }

    /** The content of a module's file, or nothing where there is no such module. */
    static Optional<byte[]> read(String module) {
        if (!MODULES.contains(module)) {
            return Optional.empty();
        }
        String resource = "/io/vnetc/stdlib/" + module.replace('.', '/') + ".vnet";
        try (InputStream input = StandardLibrary.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return Optional.of(input.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
