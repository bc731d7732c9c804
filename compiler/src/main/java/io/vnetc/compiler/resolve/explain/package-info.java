// SPDX-License-Identifier: Apache-2.0
/** Where each value of a declaration comes from: the source, a template, an argument, a default, or its name. */
package io.vnetc.compiler.resolve.explain;
