// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import java.util.List;

/**
 * A declaration, setting by setting.
 *
 * @param declaration what it is, as in {@code network office}
 * @param place where it stands, as {@code file:line}
 * @param settings in the order of the language, what was not said last
 */
public record Explanation(String declaration, String place, List<Setting> settings) {
    public Explanation {
        settings = List.copyOf(settings);
    }

    /**
     * A setting.
     *
     * @param path its words, with those of the blocks that it is in
     * @param value what it came to be
     * @param from where it comes from, in words
     */
    public record Setting(String path, String value, String from) {}
}
