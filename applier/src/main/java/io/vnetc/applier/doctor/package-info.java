// SPDX-License-Identifier: Apache-2.0
/** What a machine lacks, or has that would get in the way of guests' traffic. It looks, and changes nothing. */
package io.vnetc.applier.doctor;
