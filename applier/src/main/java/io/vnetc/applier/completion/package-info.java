// SPDX-License-Identifier: Apache-2.0
/** What a shell completes: the commands and options as data, and the script of each shell that is made of it. */
package io.vnetc.applier.completion;
