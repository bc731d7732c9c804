// SPDX-License-Identifier: Apache-2.0
/** The one way that a source is laid out. */
package io.vnetc.dsl.formatting2;
