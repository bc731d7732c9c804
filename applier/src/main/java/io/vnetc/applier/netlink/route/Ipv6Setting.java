// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

/**
 * The IPv6 settings of a link; their numbers are {@code DEVCONF_…} of linux/ipv6.h, as of Linux 6.17. A
 * dump tells the intervals and delays in milliseconds, where the files have seconds.
 */
public enum Ipv6Setting {
    FORWARDING(0, "forwarding"),
    HOPLIMIT(1, "hop_limit"),
    MTU6(2, "mtu"),
    ACCEPT_RA(3, "accept_ra"),
    ACCEPT_REDIRECTS(4, "accept_redirects"),
    AUTOCONF(5, "autoconf"),
    DAD_TRANSMITS(6, "dad_transmits"),
    RTR_SOLICITS(7, "router_solicitations"),
    RTR_SOLICIT_INTERVAL(8, "router_solicitation_interval"),
    RTR_SOLICIT_DELAY(9, "router_solicitation_delay"),
    USE_TEMPADDR(10, "use_tempaddr"),
    TEMP_VALID_LFT(11, "temp_valid_lft"),
    TEMP_PREFERED_LFT(12, "temp_prefered_lft"),
    REGEN_MAX_RETRY(13, "regen_max_retry"),
    MAX_DESYNC_FACTOR(14, "max_desync_factor"),
    MAX_ADDRESSES(15, "max_addresses"),
    FORCE_MLD_VERSION(16, "force_mld_version"),
    ACCEPT_RA_DEFRTR(17, "accept_ra_defrtr"),
    ACCEPT_RA_PINFO(18, "accept_ra_pinfo"),
    ACCEPT_RA_RTR_PREF(19, "accept_ra_rtr_pref"),
    RTR_PROBE_INTERVAL(20, "router_probe_interval"),
    ACCEPT_RA_RT_INFO_MAX_PLEN(21, "accept_ra_rt_info_max_plen"),
    PROXY_NDP(22, "proxy_ndp"),
    OPTIMISTIC_DAD(23, "optimistic_dad"),
    ACCEPT_SOURCE_ROUTE(24, "accept_source_route"),
    MC_FORWARDING(25, "mc_forwarding"),
    DISABLE_IPV6(26, "disable_ipv6"),
    ACCEPT_DAD(27, "accept_dad"),
    FORCE_TLLAO(28, "force_tllao"),
    NDISC_NOTIFY(29, "ndisc_notify"),
    MLDV1_UNSOLICITED_REPORT_INTERVAL(30, "mldv1_unsolicited_report_interval"),
    MLDV2_UNSOLICITED_REPORT_INTERVAL(31, "mldv2_unsolicited_report_interval"),
    SUPPRESS_FRAG_NDISC(32, "suppress_frag_ndisc"),
    ACCEPT_RA_FROM_LOCAL(33, "accept_ra_from_local"),
    USE_OPTIMISTIC(34, "use_optimistic"),
    ACCEPT_RA_MTU(35, "accept_ra_mtu"),
    STABLE_SECRET(36, "stable_secret"),
    USE_OIF_ADDRS_ONLY(37, "use_oif_addrs_only"),
    ACCEPT_RA_MIN_HOP_LIMIT(38, "accept_ra_min_hop_limit"),
    IGNORE_ROUTES_WITH_LINKDOWN(39, "ignore_routes_with_linkdown"),
    DROP_UNICAST_IN_L2_MULTICAST(40, "drop_unicast_in_l2_multicast"),
    DROP_UNSOLICITED_NA(41, "drop_unsolicited_na"),
    KEEP_ADDR_ON_DOWN(42, "keep_addr_on_down"),
    RTR_SOLICIT_MAX_INTERVAL(43, "router_solicitation_max_interval"),
    SEG6_ENABLED(44, "seg6_enabled"),
    SEG6_REQUIRE_HMAC(45, "seg6_require_hmac"),
    ENHANCED_DAD(46, "enhanced_dad"),
    ADDR_GEN_MODE(47, "addr_gen_mode"),
    DISABLE_POLICY(48, "disable_policy"),
    ACCEPT_RA_RT_INFO_MIN_PLEN(49, "accept_ra_rt_info_min_plen"),
    NDISC_TCLASS(50, "ndisc_tclass"),
    RPL_SEG_ENABLED(51, "rpl_seg_enabled"),
    RA_DEFRTR_METRIC(52, "ra_defrtr_metric"),
    IOAM6_ENABLED(53, "ioam6_enabled"),
    IOAM6_ID(54, "ioam6_id"),
    IOAM6_ID_WIDE(55, "ioam6_id_wide"),
    NDISC_EVICT_NOCARRIER(56, "ndisc_evict_nocarrier"),
    ACCEPT_UNTRACKED_NA(57, "accept_untracked_na"),
    ACCEPT_RA_MIN_LFT(58, "accept_ra_min_lft"),
    FORCE_FORWARDING(59, "force_forwarding");

    private final int number;
    private final String key;

    Ipv6Setting(int number, String key) {
        this.number = number;
        this.key = key;
    }

    /** The name of its file in {@code /proc/sys/net/ipv6/conf/NAME}. */
    public String key() {
        return key;
    }

    /** The kernel's number for it. */
    public int number() {
        return number;
    }
}
