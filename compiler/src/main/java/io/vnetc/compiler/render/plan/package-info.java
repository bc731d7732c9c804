// SPDX-License-Identifier: Apache-2.0
/** Plans for people: on a terminal, in a review, as commands to read. */
package io.vnetc.compiler.render.plan;
