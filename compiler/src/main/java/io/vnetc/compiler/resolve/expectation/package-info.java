// SPDX-License-Identifier: Apache-2.0
/** The tests that a source has of itself. */
package io.vnetc.compiler.resolve.expectation;
