// SPDX-License-Identifier: Apache-2.0
/**
 * Takes a host from one state to another, all or nothing: observe, plan, write down, step by step, look again; on any
 * failure back to what was.
 */
package io.vnetc.applier.apply;
