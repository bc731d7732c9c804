// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.math.BigDecimal;

/** A decimal number times its unit, as a whole number. */
final class Scaled {
    private Scaled() {}

    static long exact(String text, String whole, String fraction, long scale) {
        BigDecimal number = new BigDecimal(fraction == null ? whole : whole + "." + fraction);
        try {
            return number.multiply(BigDecimal.valueOf(scale)).longValueExact();
        } catch (ArithmeticException e) {
            throw new LiteralException("`" + text + "` is not a whole number of its smallest unit, or too large");
        }
    }
}
