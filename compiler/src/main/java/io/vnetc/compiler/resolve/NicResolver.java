// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Card;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Portgroup;
import io.vnetc.compiler.model.Ports;
import io.vnetc.compiler.model.Qos;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.vnet.Backend;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** A guest's network cards. */
final class NicResolver {
    /** useradd(8) of Debian, or a number below (uid_t) -1. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,31}|[0-9]{1,10}");

    private static final long MOST_ACCOUNT = 0xffff_fffeL;
    private static final int LEAST_MTU = 68;
    private static final int LEAST_IPV6_MTU = 1280;
    /** MAX_MTU less the Ethernet header, in tun_net_init() of drivers/net/tun.c. */
    private static final int MOST_TAP_MTU = 65_521;
    /** MAX_TAP_QUEUES of include/linux/if_tun.h. */
    private static final int MOST_QUEUES = 256;

    private final Resolution resolution;
    private final Claims claims;
    private final Placement placement;
    private final Map<String, Network> networks;
    private final LinkPools links;
    private final FunctionResolver functions;
    private final CableResolver cables;
    private final BackendResolver backends;
    private final BackendChecks checks;
    private final CardResolver cards;
    private final QosResolver qos;
    private final PortsResolver ports;

    NicResolver(
            Resolution resolution,
            Claims claims,
            Placement placement,
            Map<String, Network> networks,
            Map<String, Pool> pools,
            CableResolver cables) {
        this.cables = cables;
        this.backends = new BackendResolver(resolution);
        this.checks = new BackendChecks(resolution);
        this.cards = new CardResolver(resolution);
        this.resolution = resolution;
        this.claims = claims;
        this.placement = placement;
        this.networks = networks;
        this.links = new LinkPools(resolution);
        this.functions = new FunctionResolver(resolution, placement, pools);
        this.qos = new QosResolver(resolution);
        this.ports = new PortsResolver(resolution);
    }

    /**
     * What all guests of one declaration have in common.
     *
     * @param network that they are plugged into
     * @param function where they are devices of a pool
     * @param backend what else they are plugged into; with none of the three it is a cable
     * @param host whose links these are; absent where that was an error
     */
    record Settings(
            String name,
            Optional<String> network,
            Optional<FunctionResolver.Settings> function,
            Optional<Attachment> backend,
            Optional<HostClaims> host,
            Optional<Placed<InterfaceName>> tap,
            Optional<Placed<MacAddress>> mac,
            Optional<Integer> mtu,
            int queues,
            Optional<String> user,
            Optional<String> group,
            Optional<String> portgroup,
            PortSettings port,
            Optional<Qos> qos,
            Card card,
            Lifecycle lifecycle,
            Supplier<SourceRange> where,
            Origin origin) {}

    /**
     * Reads a card's settings; empty where it is plugged in nowhere.
     *
     * @param guests that have it
     * @param host that runs them
     */
    Optional<Settings> settings(
            io.vnetc.dsl.vnet.Guest guest,
            io.vnetc.dsl.vnet.Nic nic,
            Lifecycle lifecycle,
            List<String> guests,
            Optional<Placement.Scope> host) {
        boolean several = guest.getRange() != null;
        if (several) {
            refuseForSeveral(nic, VnetPackage.Literals.NIC__MACS, "mac");
            refuseForSeveral(nic, VnetPackage.Literals.NIC__TAPS, "tap");
        }
        Optional<Integer> mtu = only(nic.getMtus())
                .flatMap(written -> resolution.values().integer(written, LEAST_MTU, MOST_TAP_MTU, "the MTU of a tap"))
                .map(Math::toIntExact);
        int queues = only(nic.getQueues())
                .flatMap(written -> resolution.values().integer(written, 1, MOST_QUEUES, "a number of queues"))
                .map(Math::toIntExact)
                .orElse(1);
        Optional<Placed<InterfaceName>> tap = several || nic.getTaps().isEmpty()
                ? Optional.empty()
                : resolution
                        .values()
                        .interfaceName(nic, VnetPackage.Literals.NIC__TAPS, 0)
                        .map(name ->
                                new Placed<>(name, "", () -> resolution.place(nic, VnetPackage.Literals.NIC__TAPS)));
        Optional<Placed<MacAddress>> mac = only(nic.getMacs())
                .filter(written -> !several)
                .flatMap((Expression written) -> resolution
                        .values()
                        .mac(written)
                        .map(value -> new Placed<>(value, "", () -> resolution.place(written))));
        Optional<String> user =
                only(nic.getOwners()).filter(name -> isAccount(nic, VnetPackage.Literals.NIC__OWNERS, name));
        Optional<String> group =
                only(nic.getGroups()).filter(name -> isAccount(nic, VnetPackage.Literals.NIC__GROUPS, name));
        Optional<io.vnetc.dsl.vnet.Network> network = only(nic.getNetworks());
        Optional<FunctionResolver.Settings> function = functions.settings(nic);
        boolean cabled =
                guests.stream().anyMatch(name -> cables.of(name, nic.getName()).isPresent());
        if (!checks.isPluggedOnce(nic, cabled)) {
            return Optional.empty();
        }
        Optional<Attachment.Hub> hub = backends.hub(guest, nic);
        boolean isHostless = network.isEmpty() && function.isEmpty();
        Optional<Attachment> backend = isHostless ? backend(guest, nic, guests, hub) : Optional.empty();
        if (isHostless && backend.isEmpty()) {
            return Optional.empty();
        }
        backend.ifPresent(attachment -> checks.refuse(nic, attachment));
        Optional<Network> known = network.flatMap(written -> Optional.ofNullable(networks.get(written.getName())));
        known.ifPresent(segment -> checkMtu(nic, segment, mtu));
        Ports ofNetwork = known.map(Network::ports).orElse(Ports.PLAIN);
        Optional<Portgroup> portgroup = PortsResolver.groupOf(nic, ofNetwork);
        Optional<Qos> rates =
                PortsResolver.rates(only(nic.getQos()).flatMap(qos::resolve), portgroup.flatMap(Portgroup::qos));
        boolean isMacvtap = known.isPresent() && known.get().forwarding() instanceof Forwarding.Macvtap;
        if (isMacvtap) {
            refuseOnMacvtap(nic);
        }
        CardResolver.End end = function.isPresent()
                ? CardResolver.End.PCI_DEVICE
                : backend.map(CardResolver.End::of).orElse(CardResolver.End.TAP);
        return Optional.of(new Settings(
                nic.getName(),
                network.map(io.vnetc.dsl.vnet.Network::getName),
                function,
                backend,
                network.flatMap(placement::of)
                        .or(() -> function.flatMap(FunctionResolver.Settings::scope))
                        .or(() -> host)
                        .map(claims::of),
                tap,
                mac,
                mtu,
                queues,
                user,
                group,
                portgroup.map(Portgroup::name),
                network.map(written -> ports.settings(nic, written, ofNetwork))
                        .orElseGet(() -> isHostless ? PortSettings.NONE : ports.ofDevice(nic)),
                rates,
                cards.resolve(
                        nic,
                        end,
                        queues,
                        hub.filter(leg -> backend.filter(leg::equals).isEmpty()).map(Attachment.Hub::number)),
                lifecycle,
                () -> resolution.name(nic),
                resolution.origin(nic)));
    }

    /**
     * The card of one guest, with what is allocated for it; claims its names for the host.
     *
     * @return empty where nothing is left that it could be, which is reported
     */
    Optional<Nic> of(String guest, Lifecycle guestLifecycle, Settings settings) {
        Lifecycle own = settings.lifecycle();
        Lifecycle lifecycle = new Lifecycle(own.identity(), own.isProtected() || guestLifecycle.isProtected());
        String first = guestLifecycle.identity();
        InterfaceName link = settings.tap().map(Placed::value).orElseGet(() -> Allocation.tap(first, own.identity()));
        MacAddress mac =
                settings.mac().map(Placed::value).orElseGet(() -> Allocation.mac(Owner.nic(first, own.identity())));
        Optional<Attachment> attachment = attachment(guest, link, settings);
        settings.host().ifPresent(host -> {
            String card = "`" + settings.name() + "` of the guest `" + guest + "`";
            attachment
                    .flatMap(Attachment::link)
                    .ifPresent(name -> host.link(
                            name,
                            HostClaims.Role.TAP,
                            "the tap of " + card,
                            settings.tap().map(Placed::where).orElse(settings.where())));
            // A standby has the address of what it stands in for.
            if (settings.card().standby().isPresent()) {
                return;
            }
            host.mac(mac, card, settings.mac().map(Placed::where).orElse(settings.where()));
        });
        return attachment.map(what -> new Nic(
                guest,
                settings.name(),
                settings.network(),
                what,
                mac,
                settings.mtu(),
                settings.queues(),
                settings.user(),
                settings.group(),
                settings.portgroup(),
                settings.port(),
                settings.qos(),
                settings.card(),
                lifecycle,
                settings.origin()));
    }

    private Optional<Attachment> attachment(String guest, InterfaceName link, Settings settings) {
        if (settings.backend().isPresent()) {
            return cables.of(guest, settings.name()).or(settings::backend);
        }
        if (settings.function().isPresent()) {
            return functions.of(guest, settings, settings.function().get());
        }
        Optional<Network> network = settings.network().flatMap(name -> Optional.ofNullable(networks.get(name)));
        if (network.isPresent() && network.get().forwarding() instanceof Forwarding.Macvtap macvtap) {
            return settings.host()
                    .flatMap(host ->
                            links.choose(network.get(), macvtap, host, guest + "." + settings.name(), settings.where()))
                    .map(lower -> new Attachment.Macvtap(link, lower));
        }
        return Optional.of(new Attachment.Tap(link));
    }

    /** What QEMU joins it to. Of a cable it is one of its ends, and each guest's own is looked up for it. */
    private Optional<Attachment> backend(
            io.vnetc.dsl.vnet.Guest guest,
            io.vnetc.dsl.vnet.Nic nic,
            List<String> guests,
            Optional<Attachment.Hub> hub) {
        List<Backend> written = BackendResolver.of(nic);
        if (!written.isEmpty()) {
            return backends.resolve(guest, nic, written.get(0));
        }
        if (!nic.getPools().isEmpty()) {
            return Optional.empty();
        }
        List<String> loose = guests.stream()
                .filter(name -> !cables.isWanted(name, nic.getName()))
                .toList();
        if (!loose.isEmpty() && hub.isEmpty()) {
            boolean all = loose.size() == guests.size();
            resolution.error(
                    DiagnosticCode.MISSING_SETTING,
                    resolution.name(nic),
                    "the NIC `" + nic.getName() + "`" + (all ? "" : " of `" + loose.get(0) + "`")
                            + " is plugged in nowhere",
                    "add `network NAME`, a cable with `link " + loose.get(0) + "." + nic.getName()
                            + " <-> GUEST.NIC`, or `unplugged`");
            return Optional.empty();
        }
        return guests.stream()
                .flatMap(name -> cables.of(name, nic.getName()).stream())
                .findFirst()
                .or(() -> hub);
    }

    /** QEMU gets a macvtap opened, so nobody has to be allowed to open it. */
    private void refuseOnMacvtap(io.vnetc.dsl.vnet.Nic nic) {
        for (EStructuralFeature feature : List.of(VnetPackage.Literals.NIC__OWNERS, VnetPackage.Literals.NIC__GROUPS)) {
            if (nic.eIsSet(feature)) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(nic, feature),
                        "nobody but root opens a macvtap: whoever starts the guest hands it over open",
                        "remove it");
            }
        }
    }

    private void refuseForSeveral(EObject nic, EStructuralFeature feature, String setting) {
        if (nic.eIsSet(feature)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(nic, feature),
                    "a `" + setting + "` in a range of guests would be given to each of them",
                    "remove it, and each gets one of its own; or declare this guest apart");
        }
    }

    private boolean isAccount(EObject nic, EStructuralFeature feature, String name) {
        boolean number = Character.isDigit(name.charAt(0));
        boolean matches = ACCOUNT.matcher(name).matches() && !(number && Long.parseLong(name) > MOST_ACCOUNT);
        if (!matches) {
            resolution.error(
                    DiagnosticCode.NAME_FORM,
                    resolution.place(nic, feature),
                    "`" + name + "` is not the name of an account",
                    "write its name (up to 32 small letters, digits, `_` and `-`) or its number");
        }
        return matches;
    }

    /** Of a bridge that is there the MTU is not known here; the tap's own limits hold all the same. */
    private void checkMtu(io.vnetc.dsl.vnet.Nic nic, Network network, Optional<Integer> own) {
        int bridge = network.bridge().mtu();
        EStructuralFeature said = own.isPresent() ? VnetPackage.Literals.NIC__MTUS : VnetPackage.Literals.NIC__NETWORKS;
        Supplier<SourceRange> place = () -> resolution.place(nic, said);
        int mtu = own.orElse(bridge);
        if (mtu > MOST_TAP_MTU) {
            mtuError(
                    place,
                    network,
                    "the network's MTU of " + bridge + " is more than a tap can have",
                    "up to " + MOST_TAP_MTU);
        } else if (network.forwarding() instanceof Forwarding.ExistingBridge
                || !network.forwarding().hasBridge()) {
            return;
        } else if (mtu > bridge) {
            mtuError(
                    place,
                    network,
                    "the bridge would drop what is larger than its own MTU of " + bridge,
                    "up to " + bridge);
        } else if (own.isPresent() && mtu < LEAST_IPV6_MTU && hasIpv6(network)) {
            mtuError(
                    place,
                    network,
                    "IPv6 needs an MTU of at least " + LEAST_IPV6_MTU + " (RFC 8200)",
                    "of at least " + LEAST_IPV6_MTU);
        }
    }

    private void mtuError(Supplier<SourceRange> place, Network network, String message, String choice) {
        resolution.report(Diagnostic.error(DiagnosticCode.MTU, place.get(), message)
                .withHint("give the NIC an `mtu` " + choice + ", or change that of the network `" + network.name()
                        + "`"));
    }

    private static boolean hasIpv6(Network network) {
        return network.subnets().stream().anyMatch(subnet -> subnet.network().family() == IpFamily.IPV6);
    }
}
