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
<#if localDomain??>
local=/${localDomain}/
</#if>
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
dhcp-lease-max=${leases}
dhcp-hostsfile=${dhcpHostsFile}
</#if>
<#list ranges as range>
dhcp-range=${range}
</#list>
<#if advertises>
enable-ra
</#if>
<#if isolated && (gives || advertises)>

# No way out: no default route.
dhcp-option=3
ra-param=${bridge},0,0
</#if>
<#if mtu??>
dhcp-option=option:mtu,${mtu}
</#if>
