// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

/** The checks of a parsed file that need no other file. */
public final class VnetValidator extends AbstractVnetValidator {}
