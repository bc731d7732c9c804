// SPDX-License-Identifier: Apache-2.0
/**
 * What a host is, or is to be: resources with canonical attributes. Desired and observed state are of one type, so
 * that diff, verification, drift and rollback are one mechanism.
 */
package io.vnetc.compiler.state;
