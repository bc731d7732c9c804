// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A test, or a class of them, that runs on this machine's kernel, and once more where {@link FullKernel} tests do. */
@Tag(EveryKernel.TAG)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EveryKernel {
    String TAG = "every-kernel";
}
