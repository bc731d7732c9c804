// SPDX-License-Identifier: Apache-2.0
/** From a host as it was seen back to a source that describes it. */
package io.vnetc.compiler.hostsource;
