// SPDX-License-Identifier: Apache-2.0
/** What can be checked on the syntax trees alone: names, counts of settings, and that lets and calls make sense. */
package io.vnetc.dsl.validation;
