// SPDX-License-Identifier: Apache-2.0
/**
 * States and plans as JSON and back. Same value, same bytes. What is read may come from anybody: whatever is wrong with
 * it is a {@link io.vnetc.compiler.state.MalformedStateException}.
 */
package io.vnetc.compiler.render.json;
