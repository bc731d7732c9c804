// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

/**
 * Every kind of diagnostic there is. An id is never given a second meaning: people search for it, and tools filter by it.
 *
 * <p>VN01 text and syntax, VN02 imports, VN03 names, VN04 literals and expressions, VN05 settings, VN06 clashes in what
 * is described, VN07 limits of the host and its kernel, VN09 what is part of the language and cannot be done yet, VN10
 * templates, loops and conditions, VN11 QoS, VN12 ports of bridges, VN125 to VN129 links of the host and its guests, VN15 what becomes
 * of things from one version to the next, VN17 guests' cards, VN18 what is imported and exported.
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
    NOT_VISIBLE("VN0208", "a let or template of a file that this one does not import, or that is private to it"),

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
    FORWARD_DELAY("VN0703", "a time of a bridge that the kernel would refuse"),
    TEXT_RECORD("VN0704", "a TXT record that is too long or not text"),

    NOT_YET("VN0901", "part of the language that cannot be applied yet"),

    TEMPLATE_KIND("VN1001", "a template of another kind than goes here"),
    BAD_ARGUMENT("VN1002", "an argument that a template does not take, or one that it needs and is not given"),
    UNKNOWN_TYPE("VN1003", "a type of parameters that does not exist"),
    TEMPLATE_CYCLE("VN1004", "templates that use one another in a circle"),
    EXPANSION_LIMIT("VN1005", "templates and loops that make more than can be taken"),
    SHADOWED_NAME("VN1006", "a parameter, variable or let whose name means something else there already"),
    BAD_LOOP("VN1007", "a loop over what is no range, list or map"),
    BAD_CONDITION("VN1008", "a condition that is neither true nor false"),
    BAD_OPERATION("VN1009", "an operator that does not go with its operands, or has no result"),
    BAD_INDEX("VN1010", "a place or key that a list or map does not have"),
    MIXED_LIST("VN1011", "a list with keys for some of its entries, or with one key twice"),
    BAD_INTERPOLATION("VN1012", "a `${…}` in a string that cannot be read, or has no text"),
    MISPLACED_DECLARATION("VN1013", "a declaration that stands at the top of a file only"),

    QOS_AVERAGE("VN1101", "a limit that says no average"),
    QOS_PEAK("VN1102", "a peak below the average"),
    QOS_RATE("VN1103", "a rate that the kernel cannot hold"),
    QOS_BURST("VN1104", "a burst that the kernel cannot hold"),
    FLOOR_NOT_HERE("VN1105", "a floor where none can be kept"),
    FLOOR_OF_NOTHING("VN1106", "a floor in a network that says no inbound average to take it from"),
    FLOORS_TOO_HIGH("VN1107", "floors that are more than the network has"),
    QOS_NOT_HERE("VN1108", "QoS on a link that it cannot be enforced on"),
    QOS_USELESS("VN1109", "a rate that can never be reached"),

    SEVERAL_DEFAULTS("VN1201", "two default portgroups in one network"),
    VLAN_TAG("VN1202", "a number that no VLAN has"),
    VLAN_TWICE("VN1203", "a VLAN that is named twice"),
    VLAN_NOT_HERE("VN1204", "a VLAN where nothing could part guests by it"),
    VLAN_WITHOUT_HOST("VN1205", "VLANs in which guests do not reach the host's address in their network"),
    VIRTUALPORT_TYPE("VN1206", "a kind of virtualport that does not exist"),
    VIRTUALPORT_PARAMETER("VN1207", "a parameter that a virtualport of its kind does not have or cannot do without"),
    VIRTUALPORT_CONFLICT("VN1208", "virtualports that contradict each other"),
    VIRTUALPORT_NOT_HERE("VN1209", "a virtualport where no switch would be told of it"),
    TRUST_NOT_HERE("VN1210", "trust in filters that a tap does not pass on"),
    MANAGED_TABLE("VN1211", "learning or flooding where all MAC addresses are known"),
    PORT_NOT_HERE("VN1212", "a setting of a bridge's port where there is no such port"),
    ZONE("VN1213", "a zone that firewalld cannot have"),
    UUID_FORM("VN1214", "something like a UUID that is none"),
    METADATA("VN1215", "metadata that is not one well-formed XML element of its namespace"),
    VLAN_OF_HOST("VN1216", "a guest in the host's VLAN, whose frames reach those of all others"),
    LINK_TYPE("VN1240", "a type of link that the host does not make"),
    LINK_SETTING("VN1241", "a setting that a link of its type does not have or cannot have"),
    BOND_MEMBER("VN1242", "a member that a bond cannot have"),
    LOWER_LINK("VN1243", "a link that another cannot be on"),
    LINK_SHARED("VN1250", "a link that cannot be for two purposes at once"),
    POOL_EXHAUSTED("VN1252", "more guests than there are links or functions for them"),
    QMP_SOCKET("VN1260", "something like the path of a guest's QMP socket that is none, or that of several guests"),

    UNKNOWN_DHCP_OPTION("VN1301", "a DHCP option that there is not"),
    DHCP_OPTION_TAKEN("VN1302", "a DHCP option that is set in another way, or by dnsmasq alone"),
    OPTION_VALUE("VN1303", "a value that a DHCP option or a setting of dnsmasq cannot have"),
    DHCP_OPTION_TWICE("VN1304", "a DHCP option that is given twice for the same clients"),
    BOOT_FILE("VN1305", "the name of a boot file that clients could not be told"),
    TFTP_ROOT("VN1306", "a folder whose files cannot be given out"),
    RELAY("VN1307", "a DHCP relay that could not work"),
    ROUTER_LOST("VN1308", "classless routes that take the default route from guests"),
    UNKNOWN_DNSMASQ_SETTING("VN1309", "a setting of dnsmasq that the language does not have"),
    FORWARDERS_CLASH("VN1310", "two answers to whom to ask for all names"),
    ALIAS("VN1311", "an alias of nothing, of two hosts, or of a name with a record of its own"),
    REGISTRATION("VN1312", "a domain that the host's resolver cannot be told of"),

    ENDPOINT_UNKNOWN("VN1401", "a side of a rule that is nothing that is known"),
    ENDPOINT_ADDRESS("VN1402", "a guest in a rule whose address is not known"),
    RULE_SIDES("VN1403", "a rule between two that no packet filter of the host stands between"),
    RULE_SETTING("VN1404", "a setting that a rule cannot have"),
    PACKET_LIMIT("VN1405", "something like a number of packets in a time that is none"),
    PUBLICATION_TARGET("VN1406", "a published port that leads nowhere"),
    PORT_TWICE("VN1407", "a port of the host that is published twice"),
    NAT_ADDRESSES("VN1408", "addresses that packets cannot be given"),

    MOVED_CLASH("VN1501", "two things that were one, or one that is what another one was"),
    MOVED_NOWHERE("VN1502", "something that was moved from its own name"),
    NOTHING_TO_PROTECT("VN1503", "a protection that can be written on nothing"),

    UNUSED("VN1601", "a name that nothing uses"),
    SHORT_LEASE("VN1602", "a lease of less than two minutes"),
    BRIDGE_LOOP("VN1603", "a bridge with two ways out and no spanning tree"),
    TOO_FEW_ADDRESSES("VN1604", "more guests than DHCP has addresses for"),
    PUBLIC_ADDRESSES("VN1605", "somebody else's addresses behind address translation"),
    NO_NIC("VN1606", "a guest without a network card"),
    UNKNOWN_WARNING("VN1690", "a silence that names no warning, or gives no reason"),
    NEEDLESS_SILENCE("VN1691", "a silence where nothing is to be silenced"),

    UNKNOWN_PROPERTY("VN1701", "a setting that a card, a backend or a cable does not have"),
    CARD("VN1702", "a card that QEMU does not have, or that cannot be what is wanted of it"),
    BACKEND("VN1703", "a backend that could not work"),
    CABLE_END("VN1704", "an end of a cable that is no free NIC"),
    FAILOVER("VN1705", "a standby that cannot take over"),
    QEMU_VERSION("VN1706", "something that the host's QEMU cannot do"),

    XML_SYNTAX("VN1801", "a file that is no XML, or XML that is refused"),
    XML_UNKNOWN("VN1802", "an element or attribute that libvirt's XML does not have"),
    XML_VALUE("VN1803", "a value that libvirt would refuse"),
    XML_MISSING("VN1804", "an element or attribute that libvirt wants"),
    NO_EQUAL("VN1805", "something that cannot be said in the language"),
    NAME_CHANGED("VN1806", "something that is called otherwise than where it comes from"),
    NOT_TAKEN_OVER("VN1807", "something that is left out, for it changes nothing or is done otherwise"),
    COMMAND_LINE("VN1808", "a command line that QEMU would refuse, or that there is none"),
    TO_FILL_IN("VN1809", "something that a command line does not say, and that has to be filled in"),
    NOT_IN_LIBVIRT("VN1811", "something that cannot be said in libvirt's XML");

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
