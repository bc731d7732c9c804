// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test, or a class of them, of what the kernel of a small machine may lack. It runs on a kernel that has all that
 * Debian's has, by {@link FullKernelTest}, and nowhere else.
 */
@Tag(FullKernel.TAG)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FullKernel {
    String TAG = "full-kernel";
}
