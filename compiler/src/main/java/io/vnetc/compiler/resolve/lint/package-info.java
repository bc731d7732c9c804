// SPDX-License-Identifier: Apache-2.0
/** Warnings of what is legal and surely not meant. Each has a code, by which {@code silence} quiets it. */
package io.vnetc.compiler.resolve.lint;
