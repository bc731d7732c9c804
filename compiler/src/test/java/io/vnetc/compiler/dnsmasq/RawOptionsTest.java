// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.dnsmasq.RawOptions.Block;
import io.vnetc.compiler.dnsmasq.RawOptions.Translation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "cache-size=0 | DNSMASQ | cache-size = 0",
                "log-dhcp | DNSMASQ | log-dhcp",
                "neg-ttl=60 | DNSMASQ | neg-ttl = 1m",
                "local=/validatenowildcarddns.okd.lab/ | DNSMASQ | local = \"validatenowildcarddns.okd.lab\"",
                "server=/a.lab/ | DNSMASQ | local = \"a.lab\"",
                "address=/apps.okd.lab/192.168.126.1 | DNSMASQ | address = \"apps.okd.lab\", 192.168.126.1",
                "address=/ads.example/ | DNSMASQ | address = \"ads.example\"",
                "dhcp-ignore=tag:!known | DNSMASQ | known-hosts-only",
                "dhcp-ignore=tag:bad | DNSMASQ | ignore-clients = \"bad\"",
                "cname=*.apps.lab,lb.lab | DNSMASQ | cname = \"*.apps.lab\", \"lb.lab\"",
                "host-record=lb.lab,lb,192.168.123.5 | DNSMASQ | host-record = \"lb.lab\", \"lb\", 192.168.123.5",
                "auth-zone=sno.lab | DNSMASQ | auth-zone = \"sno.lab\"",
                "dhcp-match=set:efi-x86_64,option:client-arch,7 | DNSMASQ | match-architecture = \"efi-x86_64\", 7",
                "dhcp-match=set:ipxe,175 | DNSMASQ | match-option = \"ipxe\", 175",
                "dhcp-userclass=set:ipxe,iPXE | DNSMASQ | match-user-class = \"ipxe\", \"iPXE\"",
                "dhcp-boot=tag:ipxe,http://boot.lab/x.php | DNSMASQ | boot-for = \"ipxe\", \"http://boot.lab/x.php\"",
                "dhcp-boot=tag:efi,tag:!ipxe,ipxe.efi,,10.0.0.9 | DNSMASQ | boot-for = \"efi+!ipxe\", \"ipxe.efi\", 10.0.0.9",
                "mx-host=a.lab,mail.lab,10 | DNSMASQ | mx-host = \"a.lab\", \"mail.lab\", 10",
                "tftp-no-blocksize | DNSMASQ | tftp-no-blocksize",
                "filter-AAAA | DNSMASQ | filter-aaaa",
                "cname=a.lab,b.lab | DNS | cname \"a.lab\" = \"b.lab\"",
                "ptr-record=_http._tcp.lab,web.lab | DNS | ptr \"_http._tcp.lab\" = \"web.lab\"",
                "txt-record=motd.lab,\"a, \\\"b\\\"\" | DNS | txt \"motd.lab\" = \"a, \\\"b\\\"\"",
                "srv-host=_ldap._tcp.lab,ldap.lab,389,10 | DNS | srv \"_ldap._tcp.lab\" = \"ldap.lab\" port 389 priority 10",
                "server=/corp.lab/10.0.0.53#5353 | DNS | forward \"corp.lab\" to 10.0.0.53 port 5353",
                "server=fd00::53 | DNS | forward to fd00::53",
                "server=/corp.lab/# | DNS | forward \"corp.lab\" to host",
                "dhcp-option=option:dns-server,192.168.200.1 | DHCP_IPV4 | option dns 192.168.200.1",
                "dhcp-option=6,10.10.122.1,9.9.9.9 | DHCP_IPV4 | option dns 10.10.122.1, 9.9.9.9",
                "dhcp-option=3 | DHCP_IPV4 | option router none",
                "dhcp-option=121,10.0.0.0/8,10.1.0.1 | DHCP_IPV4 | option classless-route 10.0.0.0/8 via 10.1.0.1",
                "dhcp-option=224,hello | DHCP_IPV4 | option 224 text \"hello\"",
                "dhcp-option=224,01:02 | DHCP_IPV4 | option 224 hex \"01:02\"",
                "dhcp-option=224,300 | DHCP_IPV4 | option 224 number16 300",
                "dhcp-option=option6:bootfile-url,http://[fd00::1]/x | DHCP_IPV6 | option boot-file-url \"http://[fd00::1]/x\"",
                "dhcp-option=option6:dns-server,[fd00::1] | DHCP_IPV6 | option dns fd00::1",
                "dhcp-boot=http://10.0.0.1/boot.ipxe | DHCP_IPV4 | boot \"http://10.0.0.1/boot.ipxe\"",
                "dhcp-boot=pxelinux.0,,10.0.0.9 | DHCP_IPV4 | boot \"pxelinux.0\" server 10.0.0.9",
                "tftp-root=/srv/tftpboot | SUBNET_IPV4 | tftp \"/srv/tftpboot\"",
                "enable-tftp | NOWHERE | ",
                "bind-dynamic | NOWHERE | ",
            })
    void a_line_that_somebody_wrote_by_hand_has_an_equal(String line, Block block, String words) {
        assertThat(RawOptions.fromRaw(line)).contains(new Translation(block, words == null ? "" : words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dhcp-script=/bin/sh",
                "conf-file=/etc/passwd",
                "addn-hosts=/etc/shadow",
                "interface=eth0",
                "no-such-option",
                "cache-size=",
                "cache-size=many",
                "cache-size=1,2",
                "log-dhcp=yes",
                "dhcp-option=51,3600",
                "dhcp-option=tag:x,3,10.0.0.1",
                "dhcp-option=66,\"unclosed",
                "dhcp-option=224,1.2.3",
                "txt-record=a,\"b\\n\"",
                "txt-record=a,b # not a part of it",
                "txt-record=a,\"${x}\"",
                "dhcp-boot=tag:a,f,name,10.0.0.1",
                "address=/a/b/1.2.3.4",
                "server=/a/b/1.2.3.4",
                "host-record=a,10.0.0.1,300",
                "ptr-record=a",
                "cname=a,b,c",
            })
    void what_has_no_exact_equal_has_none(String line) {
        assertThat(RawOptions.fromRaw(line)).isEmpty();
    }
}
