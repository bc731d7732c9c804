<#-- SPDX-License-Identifier: Apache-2.0 -->
# dnsmasq of the network ${network}, made by vnetc. Changes here are lost: change the source.
pid-file=${pidFile}

# Only this bridge.
interface=${bridge}
except-interface=lo
bind-dynamic

# DNS
<#if resolves>
no-hosts
<#if noResolv>
no-resolv
</#if>
<#list servers as server>
server=${server}
</#list>
<#if !plainNames>
domain-needed
local=//
</#if>
<#if localDomain??>
local=/${localDomain}/
</#if>
<#list localZones as zone>
local=/${zone}/
</#list>
<#if domain??>
domain=${domain}
expand-hosts
</#if>
addn-hosts=${dnsHostsFile}
<#list texts as text>
txt-record=${text}
</#list>
<#list services as service>
srv-host=${service}
</#list>
<#list aliases as alias>
cname=${alias}
</#list>
<#list pointers as pointer>
ptr-record=${pointer}
</#list>
<#else>
port=0
<#if domain??>
domain=${domain}
</#if>
</#if>
<#if gives>

# DHCP
dhcp-authoritative
dhcp-no-override
# It would hold each offer back for three seconds.
no-ping
dhcp-leasefile=${leaseFile}
<#if leases gt 0>
dhcp-lease-max=${leases}
</#if>
dhcp-hostsfile=${dhcpHostsFile}
</#if>
<#list ranges as range>
dhcp-range=${range}
</#list>
<#if advertises>
enable-ra
</#if>
<#list reservations as reservation>
dhcp-host=${reservation}
</#list>
<#list relays as relay>
dhcp-relay=${relay}
</#list>
<#if isolated && (gives || advertises)>

# No way out: no default route.
<#if noRouter>
dhcp-option=3
</#if>
ra-param=${bridge},0,0
</#if>
<#if mtu??>
dhcp-option=option:mtu,${mtu}
</#if>
<#list answers as answer>
${answer}
</#list>
<#if tftpRoot??>

# Files
enable-tftp
tftp-root=${tftpRoot}
</#if>
<#list settings>

# Settings
<#items as setting>
${setting}
</#items>
</#list>
