// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

/** Makes the language known to EMF and gives its injector, outside any IDE. */
public final class VnetStandaloneSetup extends VnetStandaloneSetupGenerated {}
