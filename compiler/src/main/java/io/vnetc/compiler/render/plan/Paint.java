// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

/** Colours of a terminal (ECMA-48 select graphic rendition), or none. */
enum Paint {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    MAGENTA("35"),
    CYAN("36"),
    ALARM("1;31");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text, boolean coloured) {
        return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
