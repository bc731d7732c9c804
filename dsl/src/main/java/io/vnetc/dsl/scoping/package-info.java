// SPDX-License-Identifier: Apache-2.0
/** What a name means: the declarations of all files that belong together, and the words for names that mean nothing. */
package io.vnetc.dsl.scoping;
