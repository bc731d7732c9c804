// SPDX-License-Identifier: Apache-2.0
/** What links that the host makes can be set to: tables, from which the language, the plan and the kernel's messages are read. */
package io.vnetc.compiler.link;
