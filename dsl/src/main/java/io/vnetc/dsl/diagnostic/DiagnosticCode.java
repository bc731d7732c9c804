// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

/**
 * Every kind of diagnostic there is. An id is never given a second meaning: people search for it, and tools filter by it.
 *
 * <p>VN01 text and syntax, VN02 imports, VN03 names, VN04 literals and expressions, VN05 settings, VN06 clashes in what
 * is described, VN07 limits of the host and its kernel, VN09 what is part of the language and cannot be done yet.
 */
public enum DiagnosticCode {
    SYNTAX("VN0101", "the text is not what the language has at this place"),
    UNKNOWN_WORD("VN0102", "a word that is no setting or declaration at this place"),
    NOT_UTF8("VN0103", "the file is not UTF-8"),
    CONTROL_CHARACTER("VN0104", "a character that is not printed, or changes the direction of the text"),
    FILE_TOO_LARGE("VN0105", "the file is larger than 4 MiB"),
    NESTED_TOO_DEEP("VN0106", "brackets are nested more than 100 deep"),
    UNCLOSED("VN0107", "a comment, string or bracket that is never closed"),
    STRING_ESCAPE("VN0108", "a string has an escape other than \\\" and \\\\"),
    STRAY_PUNCTUATION("VN0109", "punctuation that the language does not have at this place"),

    FILE_NOT_FOUND("VN0201", "a file or folder that is not there"),
    NO_SOURCES("VN0202", "a folder without a .vnet file"),
    IMPORT_LEAVES_TREE("VN0203", "an import that leads out of the repository"),
    IMPORT_CYCLE("VN0204", "files that import one another in a circle"),
    UNKNOWN_MODULE("VN0205", "a module that is not in the standard library"),
    TOO_MANY_FILES("VN0206", "more than 1,000 files"),
    FILE_UNREADABLE("VN0207", "a file that cannot be read"),

    UNKNOWN_NAME("VN0301", "a name that is declared nowhere"),
    DUPLICATE_NAME("VN0302", "a name that is declared twice"),
    NAME_FORM("VN0303", "a name with a form that is not allowed"),
    NO_HOST("VN0304", "an uplink where it is not said which host's"),

    WRONG_LITERAL("VN0401", "a value of the wrong kind"),
    MISSING_UNIT("VN0402", "a number without its unit"),
    UNKNOWN_UNIT("VN0403", "a unit that does not fit here, or is ambiguous"),
    OUT_OF_RANGE("VN0404", "a number that is too small or too large"),
    BAD_ADDRESS("VN0405", "something like an address that is none"),
    BAD_MAC("VN0406", "something like a MAC address that is none, or cannot be an interface's"),
    HOST_PART("VN0407", "a host part, such as .10, that does not fit the network"),
    BAD_RANGE("VN0408", "a range that ends before it begins, or has mixed ends"),
    LET_CYCLE("VN0409", "lets that are defined by one another"),
    BAD_CALL("VN0410", "a function that does not exist, or with the wrong arguments"),
    QUOTES("VN0411", "quotes where a bare value is wanted, or the other way round"),

    REPEATED_SETTING("VN0501", "a setting that may stand once is given twice"),
    MISSING_SETTING("VN0502", "a setting that is needed is missing"),
    SETTING_NOT_HERE("VN0503", "a setting that does not go with the others"),

    SUBNET_OVERLAP("VN0601", "subnets that share addresses"),
    ADDRESS_TWICE("VN0602", "an address that is given twice"),
    MAC_TWICE("VN0603", "a MAC address that is given twice"),
    RANGE_OUTSIDE_SUBNET("VN0604", "DHCP addresses outside their subnet"),
    BRIDGE_TWICE("VN0605", "two networks on one bridge"),
    ADDRESS_OUTSIDE_SUBNET("VN0606", "an address outside its subnet"),
    RANGES_OVERLAP("VN0607", "DHCP ranges that share addresses"),
    NO_GATEWAY("VN0608", "a setting that needs a gateway address where there is none"),
    UNUSABLE_ADDRESS("VN0609", "an address that no interface can have"),
    NAME_TWICE("VN0610", "an interface or guest name that is given twice"),
    ROUTE_UNREACHABLE("VN0611", "a route whose gateway is in no subnet of the network"),
    DHCP_FAMILY("VN0612", "a DHCP setting that does not fit the family of the subnet"),
    HOST_NOT_SAID("VN0613", "a network that does not say which of several hosts runs it"),
    SEVERAL_HOSTS("VN0614", "a guest on networks of several hosts"),
    RANGE_HOLDS_GATEWAY("VN0615", "a DHCP range that includes the gateway"),
    CLIENT_TWICE("VN0616", "a DHCP client that is reserved for twice"),
    ROUTE_CLASH("VN0617", "a route to where there is a way already"),
    FORWARDER_LOOP("VN0618", "a resolver that would ask itself"),
    NOTHING_TO_FORWARD("VN0619", "forwarding for a network without subnets"),
    PREFIX_NOT_ADVERTISABLE("VN0620", "a subnet that router advertisements cannot carry"),
    NO_ADVERTISEMENT("VN0621", "DHCPv6 that no router advertisement tells of"),

    NAME_TOO_LONG("VN0701", "an interface name of more than 15 characters"),
    MTU("VN0702", "an MTU that the kernel would refuse, or that loses packets"),
    FORWARD_DELAY("VN0703", "a forward delay that the kernel would refuse"),
    TEXT_RECORD("VN0704", "a TXT record that is too long or not text"),

    NOT_YET("VN0901", "part of the language that cannot be applied yet");

    private final String id;
    private final String summary;

    DiagnosticCode(String id, String summary) {
        this.id = id;
        this.summary = summary;
    }

    /** {@code VN} and four digits. */
    public String id() {
        return id;
    }

    /** What all of this kind have in common, on one line. */
    public String summary() {
        return summary;
    }

    @Override
    public String toString() {
        return id;
    }
}
