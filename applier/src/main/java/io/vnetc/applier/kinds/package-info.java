// SPDX-License-Identifier: Apache-2.0
/** One driver per kind of resource: what is there, and how one of them goes from one state to another. */
package io.vnetc.applier.kinds;
