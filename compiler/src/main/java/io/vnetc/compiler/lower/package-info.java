// SPDX-License-Identifier: Apache-2.0
/** From what the user means to what a host is to be: resources, and arguments for its guests. */
package io.vnetc.compiler.lower;
