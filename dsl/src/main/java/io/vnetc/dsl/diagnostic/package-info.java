// SPDX-License-Identifier: Apache-2.0
/**
 * What is wrong, where, why and what to do about it: one record for every phase, one list of codes, and its printing as
 * text, JSON and SARIF.
 */
package io.vnetc.dsl.diagnostic;
