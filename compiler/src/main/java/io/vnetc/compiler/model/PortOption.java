// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

/** What a port of a bridge may do besides; off where nothing is said. */
public enum PortOption {
    /** A frame of the spanning tree that comes in takes it out of use. */
    BPDU_GUARD("bpdu-guard", "guard"),
    /** It never becomes the way to the root of the tree. */
    ROOT_GUARD("root-guard", "root_block"),
    /** A multicast group is no longer sent to it as soon as it says that it leaves. */
    FAST_LEAVE("fast-leave", "fastleave"),
    /** The bridge answers for neighbours that the host knows. */
    NEIGHBOUR_SUPPRESSION("neighbour-suppression", "neigh_suppress");

    private final String word;
    private final String bridgeWord;

    PortOption(String word, String bridgeWord) {
        this.word = word;
        this.bridgeWord = bridgeWord;
    }

    /** Its name in the language, and in states. */
    public String word() {
        return word;
    }

    /** Its name in bridge(8). */
    public String bridgeWord() {
        return bridgeWord;
    }
}
