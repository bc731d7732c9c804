// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.kinds.rtnetlink.PassingTap;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Plug a tap in that QEMU has made: what QEMU calls as the script of a tap.",
        footer = {
            "",
            "  qemu-system-x86_64 -netdev tap,id=n0,ifname=vt-web-eth0,script=…/vnetc-ifup,downscript=…/vnetc-ifdown",
            "",
            "The source says which guest's NIC has a tap of this name. The tap becomes what it says there: a port of its",
            "bridge, with its settings and rates; the network has to be there. A tap that `vnetc apply` has made is",
            "plugged in already, and stays as it is."
        })
final class IfupCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TapScriptOptions script = new TapScriptOptions();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "A .vnet file, or a folder of them (default: /etc/vnet).")
    private Optional<Path> path = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host of the source that is meant (default: this host's name).")
    private Optional<String> host = Optional.empty();

    IfupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        InterfaceName name = script.tap();
        Carrying carrying = new Carrying(session, "Ifup", true, DataFormat.TEXT);
        try (HostAccess access = session.openHost();
                ApplySession writer = carrying.await(access, "ifup " + name)) {
            PassingTap found = PassingTap.look(name, access.context());
            return switch (found.standing()) {
                case LASTING -> ExitCode.DONE.code();
                case FRESH, OURS ->
                    plugIn(name, found, access, writer, carrying).code();
                case NONE ->
                    throw new CommandException(
                            ExitCode.ERROR, "there is no tap " + name, "QEMU makes it before it calls its script.");
                case FOREIGN ->
                    throw new CommandException(
                            ExitCode.REFUSED,
                            "the link " + name + " is somebody else's",
                            "Give the NIC another `tap`, or QEMU another `ifname`.");
            };
        }
    }

    private ExitCode plugIn(
            InterfaceName name, PassingTap found, HostAccess access, ApplySession writer, Carrying carrying)
            throws Exception {
        Path source = path.orElse(session.surroundings().paths().config());
        Model model = Source.model(session, source);
        ObservedHost observed = writer.observe();
        String hostName = Source.host(model, host, observed.facts().hostName());
        Lowered lowered = Lowering.lower(
                model,
                hostName,
                HostSurroundings.of(
                        observed,
                        model,
                        session.surroundings().paths(),
                        access.context().programs()));
        Entry entry = lowered.desired()
                .find(new ResourceAddress(Tap.KIND.name(), name.text()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.ERROR,
                        "no NIC of a guest on this host has the tap " + name,
                        "Give one `tap " + name + "` in " + source + ", or name the source with --path."));
        Tap wanted = (Tap) entry.resource();
        requirePossible(entry, lowered.conflicts());
        requireNetwork(wanted, observed.state(), source);
        requireAlone(wanted, observed.state(), source);
        if (found.standing() == PassingTap.Standing.FRESH) {
            PassingTap.adopt(wanted, access.context());
            observed = writer.observe();
        }
        Tap made = observed.state()
                .find(wanted.address())
                .map(Entry::resource)
                .map(Tap.class::cast)
                .orElseThrow(() -> new CommandException(ExitCode.ERROR, "the tap " + name + " is gone"));
        TreeMap<ResourceAddress, Entry> entries =
                new TreeMap<>(lowered.desired().entries());
        entries.put(
                wanted.address(), new Entry(wanted.openedAs(made), entry.standing(), entry.former(), entry.origin()));
        Plan plan = new Wanted(hostName, new HostState(entries), List.of())
                .plan(session, writer.planOf(wanted.owner(), hostName, new HostState(entries), observed));
        return carrying.quietly(writer, plan, observed);
    }

    /** What the host cannot have of other things is not this tap's business. */
    private void requirePossible(Entry entry, List<Conflict> conflicts) {
        List<Conflict> own = conflicts.stream()
                .filter(conflict -> conflict.origin().equals(entry.origin()))
                .toList();
        if (!own.isEmpty()) {
            throw Wanted.refusal(session, own);
        }
    }

    private static void requireNetwork(Tap wanted, HostState now, Path source) {
        wanted.bridge()
                .filter(bridge -> now.entries().values().stream()
                        .noneMatch(other -> other.resource().claims().contains(Claim.interfaceName(bridge.text()))))
                .ifPresent(bridge -> {
                    throw new CommandException(
                            ExitCode.ERROR,
                            "the bridge " + bridge + " is not there, which " + wanted.name() + " is to be a port of",
                            "Make it first: vnetc apply " + source);
                });
    }

    /** A NIC has one tap: that it is to have another name now is for an apply. */
    private static void requireAlone(Tap wanted, HostState now, Path source) {
        now.entries().values().stream()
                .map(Entry::resource)
                .filter(other -> other instanceof Tap
                        && other.owner().equals(wanted.owner())
                        && !other.address().equals(wanted.address()))
                .findFirst()
                .ifPresent(other -> {
                    throw new CommandException(
                            ExitCode.REFUSED,
                            wanted.owner() + " has the tap " + other.address().name() + " on this host",
                            "Change its name first: vnetc apply " + source);
                });
    }
}
