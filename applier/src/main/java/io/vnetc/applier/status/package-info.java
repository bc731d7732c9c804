// SPDX-License-Identifier: Apache-2.0
/** What is owned on a host, put together from what was seen. */
package io.vnetc.applier.status;
