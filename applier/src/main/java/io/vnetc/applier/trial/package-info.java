// SPDX-License-Identifier: Apache-2.0
/** What stands in for a host's surroundings in a network namespace that is thrown away. */
package io.vnetc.applier.trial;
