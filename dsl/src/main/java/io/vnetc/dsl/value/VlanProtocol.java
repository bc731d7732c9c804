// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/** Which kind of tag a VLAN is told by. */
public enum VlanProtocol {
    /** Of the customer: 802.1Q. */
    CUSTOMER("802.1Q", 0x8100),
    /** Of the provider, around the customer's: 802.1ad. */
    PROVIDER("802.1ad", 0x88a8);

    private final String text;
    private final int etherType;

    VlanProtocol(String text, int etherType) {
        this.text = text;
        this.etherType = etherType;
    }

    /**
     * Reads {@code 802.1Q} or {@code 802.1ad}.
     *
     * @throws LiteralException when it is anything else
     */
    public static VlanProtocol parse(String text) {
        for (VlanProtocol protocol : values()) {
            if (protocol.text.equalsIgnoreCase(text)) {
                return protocol;
            }
        }
        throw new LiteralException("`" + text + "` is not the protocol of a VLAN", "write 802.1Q or 802.1ad");
    }

    /** The type that the tag has in a frame. */
    public int etherType() {
        return etherType;
    }

    @Override
    public String toString() {
        return text;
    }
}
