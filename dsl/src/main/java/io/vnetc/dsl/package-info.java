// SPDX-License-Identifier: Apache-2.0
/** The front end: from files to syntax trees with names bound, settings counted, and every complaint in one place. */
package io.vnetc.dsl;
