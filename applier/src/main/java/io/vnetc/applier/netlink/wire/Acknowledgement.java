// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U64;

import java.util.Optional;

/**
 * The kernel's last word on a request: {@code NLMSG_ERROR} or {@code NLMSG_DONE}, with the extended attributes that say
 * more ({@code enum nlmsgerr_attrs} in linux/netlink.h).
 *
 * @param error 0, or the positive error number
 * @param details what the kernel adds
 */
public record Acknowledgement(int error, Attributes details) {
    /** {@code NLMSG_ERROR}, which is also how success is told. */
    public static final int ERROR = 2;

    /** {@code NLMSG_DONE}, the end of a dump. */
    public static final int DONE = 3;

    /** {@code NLM_F_DUMP_INTR}: what is dumped has changed meanwhile. */
    public static final int INTERRUPTED_FLAG = 0x10;

    private static final int CAPPED_FLAG = 0x100;
    private static final int DETAILS_FLAG = 0x200;

    private static final AttributeSet.Table POLICY_TABLE = new AttributeSet.Table("policy");
    private static final Attribute<Long> MIN_SIGNED = POLICY_TABLE.add(2, "NL_POLICY_TYPE_ATTR_MIN_VALUE_S", U64);
    private static final Attribute<Long> MAX_SIGNED = POLICY_TABLE.add(3, "NL_POLICY_TYPE_ATTR_MAX_VALUE_S", U64);
    private static final Attribute<Long> MIN = POLICY_TABLE.add(4, "NL_POLICY_TYPE_ATTR_MIN_VALUE_U", U64);
    private static final Attribute<Long> MAX = POLICY_TABLE.add(5, "NL_POLICY_TYPE_ATTR_MAX_VALUE_U", U64);
    private static final Attribute<Long> MIN_LENGTH = POLICY_TABLE.add(6, "NL_POLICY_TYPE_ATTR_MIN_LENGTH", U32);
    private static final Attribute<Long> MAX_LENGTH = POLICY_TABLE.add(7, "NL_POLICY_TYPE_ATTR_MAX_LENGTH", U32);

    private static final AttributeSet.Table TABLE = new AttributeSet.Table("acknowledgement");
    private static final Attribute<String> MESSAGE = TABLE.add(1, "NLMSGERR_ATTR_MSG", TEXT);
    private static final Attribute<Long> OFFSET = TABLE.add(2, "NLMSGERR_ATTR_OFFS", U32);
    private static final Attribute<Attributes> POLICY =
            TABLE.add(4, "NLMSGERR_ATTR_POLICY", AttributeTypes.nested(POLICY_TABLE.build()));
    private static final Attribute<Long> MISSING = TABLE.add(5, "NLMSGERR_ATTR_MISS_TYPE", U32);
    private static final Attribute<Long> MISSING_IN = TABLE.add(6, "NLMSGERR_ATTR_MISS_NEST", U32);
    private static final AttributeSet SET =
            TABLE.addAll(3, OCTETS, "NLMSGERR_ATTR_COOKIE").build();

    /** Whether a message is one. */
    public static boolean is(Message message) {
        return message.type().number() == ERROR || message.type().number() == DONE;
    }

    /**
     * Reads one.
     *
     * @throws MessageFormatException when it is too short
     */
    public static Acknowledgement parse(Message message) {
        int at = message.payload();
        if (message.end() - at < Integer.BYTES) {
            throw new MessageFormatException("an acknowledgement of " + (message.end() - at) + " octets");
        }
        int error = message.data().getInt(at);
        at += Integer.BYTES;
        if (message.type().number() == ERROR) {
            // The request's header follows, and all of the request unless it was capped.
            if (message.end() - at < Message.HEADER) {
                throw new MessageFormatException("an acknowledgement without the header of what it answers");
            }
            int length = (message.flags() & CAPPED_FLAG) != 0
                    ? Message.HEADER
                    : message.data().getInt(at);
            if (length < Message.HEADER || length > message.end() - at) {
                throw new MessageFormatException("an acknowledgement that claims a request of " + length + " octets");
            }
            at = Math.min(at + Attribute.align(length), message.end());
        }
        int from = (message.flags() & DETAILS_FLAG) != 0 ? at : message.end();
        return new Acknowledgement(-error, Attributes.parse(SET, message.data(), from, message.end()));
    }

    /** The kernel's own words: why it refused, or on success a warning. */
    public Optional<String> text() {
        return details.get(MESSAGE).filter(text -> !text.isBlank());
    }

    /** The attribute of the request that the kernel blames, with the way to it. */
    public Optional<String> attribute(Request request) {
        Optional<Long> offset = details.get(OFFSET);
        if (offset.isPresent()) {
            return request.attributeAt(offset.get().intValue());
        }
        return Optional.empty();
    }

    /** The attribute that the kernel misses: its number, and the way to where it should be. */
    public Optional<String> missing(Request request) {
        return details.get(MISSING).map(number -> {
            Optional<String> nest = details.get(MISSING_IN).flatMap(offset -> request.attributeAt(offset.intValue()));
            return nest.map(path -> "number " + number + " in " + path)
                    .orElseGet(() -> request.message().type().attributes().describe(number.intValue()));
        });
    }

    /** What the kernel would take instead, where it says so, such as {@code 200 to 3000}. */
    public Optional<String> allowed() {
        Attributes policy = details.nested(POLICY);
        if (policy.has(MIN) || policy.has(MAX)) {
            return Optional.of(Long.toUnsignedString(policy.number(MIN, 0)) + " to "
                    + Long.toUnsignedString(policy.number(MAX, -1)));
        }
        if (policy.has(MIN_SIGNED) || policy.has(MAX_SIGNED)) {
            return Optional.of(
                    policy.number(MIN_SIGNED, Long.MIN_VALUE) + " to " + policy.number(MAX_SIGNED, Long.MAX_VALUE));
        }
        if (policy.has(MAX_LENGTH)) {
            return Optional.of(policy.number(MIN_LENGTH, 0) + " to " + policy.number(MAX_LENGTH, 0) + " octets");
        }
        return Optional.empty();
    }
}
