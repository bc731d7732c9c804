// SPDX-License-Identifier: Apache-2.0
/** vnetc as its users meet it: the launcher that is shipped, as a process of its own, on the real kernel. */
package io.vnetc.applier.endtoend;
