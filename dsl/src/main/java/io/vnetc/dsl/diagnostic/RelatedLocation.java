// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

/**
 * Another place that a diagnostic speaks of.
 *
 * @param range the place
 * @param label what is there, as in "the first one is here"
 */
public record RelatedLocation(SourceRange range, String label) {}
