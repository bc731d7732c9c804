// SPDX-License-Identifier: Apache-2.0
/** Where the text comes from: trees of files, their reading within limits, imports, and places in a text. */
package io.vnetc.dsl.source;
