// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of one command line, each with all that is said of it, wherever that stands. */
final class GuestParts {
    /** qemu_set_option() and qemu_global_option() of QEMU's softmmu/vl.c and util/qemu-config.c. */
    private static final Pattern SET = Pattern.compile(
            "(?<group>[^.]{1,63})\\.(?<id>[^.]{1,63})\\.(?<name>[^=]{1,63})=(?<value>.*)", Pattern.DOTALL);

    private static final Pattern GLOBAL =
            Pattern.compile("(?<driver>[^.=]{1,63})\\.(?<name>[^=]{1,63})=(?<value>.*)", Pattern.DOTALL);
    private static final Pattern COMMANDS =
            Pattern.compile("unix:(?<path>(?:[^,]|,,)+),(?:.*,)?server(?:=on)?(?:,.*)?", Pattern.DOTALL);
    private static final Pattern REDIRECTION = Pattern.compile("(tcp|udp|):([0-9]+):([^:]*):([0-9]+)");

    private final Findings findings;
    private final Diagnostics diagnostics;
    private final Statement.Block guest;
    private final Map<String, Settings> byId = new LinkedHashMap<>();
    private final List<Settings> names = new ArrayList<>();
    private final List<Settings> machines = new ArrayList<>();
    private final List<Settings> netdevs = new ArrayList<>();
    private final List<Settings> chardevs = new ArrayList<>();
    private final List<Settings> devices = new ArrayList<>();
    private final List<Settings> nics = new ArrayList<>();
    private final List<Settings> nets = new ArrayList<>();
    private final List<Settings.Setting> ofUserNetwork = new ArrayList<>();
    private final List<Statement.Line> qmp = new ArrayList<>();
    private final List<Word> sets = new ArrayList<>();
    private final List<Global> globals = new ArrayList<>();
    private boolean saysNetworks;

    /** What holds for all cards of a driver. */
    record Global(String driver, Settings.Setting setting) {}

    /**
     * @param guest where comments about it go
     */
    GuestParts(Findings findings, Diagnostics diagnostics, Statement.Block guest) {
        this.findings = findings;
        this.diagnostics = diagnostics;
        this.guest = guest;
    }

    void read(List<Arguments.Argument> arguments) {
        arguments.forEach(argument -> read(argument.option(), argument.value()));
        sets.forEach(this::set);
    }

    private void read(String option, Word value) {
        saysNetworks |= List.of("net", "netdev", "nic", "nodefaults").contains(option);
        switch (option) {
            case "name" -> settings(option, value, "guest").ifPresent(names::add);
            case "machine", "M" -> settings(option, value, "type").ifPresent(machines::add);
            case "netdev" -> settings(option, value, "type").ifPresent(netdevs::add);
            case "nic" -> settings(option, value, "type").ifPresent(nics::add);
            case "net" -> settings(option, value, "type").ifPresent(nets::add);
            case "device" -> settings(option, value, "driver").ifPresent(devices::add);
            case "chardev" -> settings(option, value, "backend").ifPresent(chardevs::add);
            case "qmp" -> commands(value);
            case "redir" -> redirection(value);
            case "tftp", "smb" -> ofUserNetwork.add(new Settings.Setting(option, value.text(), value.place(), false));
            case "bootp" -> ofUserNetwork.add(new Settings.Setting("bootfile", value.text(), value.place(), false));
            case "set" -> sets.add(value);
            case "global" -> global(value);
            case "object" -> object(value);
            case "readconfig" ->
                toFillIn(
                        value.place(),
                        "what this file says of networks is not read",
                        "write its sections out as arguments");
            case "usbdevice" -> {
                if (value.text().startsWith("net")) {
                    noEqual(
                            option,
                            value.place(),
                            "it is of a form that QEMU took until 5.1",
                            "write `-netdev …` and `-device usb-net`");
                }
            }
            default -> {}
        }
    }

    private Optional<Settings> settings(String option, Word value, String first) {
        Optional<Settings> settings = Settings.read("-" + option, value, first);
        if (settings.isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.COMMAND_LINE, value.place(), "the argument of `-" + option + "` is no JSON")
                    .withHint("close its brackets and quotes, and quote it as a whole for the shell"));
        }
        settings.flatMap(each -> each.peek("id")).ifPresent(id -> {
            Settings other = byId.putIfAbsent(option + " " + id.value(), settings.orElseThrow());
            if (other != null) {
                diagnostics.report(Diagnostic.error(
                                DiagnosticCode.COMMAND_LINE,
                                id.place(),
                                "there are two `-" + option + "` with the id `" + Findings.printable(id.value()) + "`")
                        .withHint("QEMU refuses that: give each its own")
                        .withRelated(other.from().place(), "the other one"));
            }
        });
        return settings;
    }

    /** A socket of the file system that QEMU listens on; of others the language knows nothing. */
    private void commands(Word value) {
        Matcher parts = COMMANDS.matcher(value.text());
        String path = parts.matches() ? parts.group("path").replace(",,", ",") : "";
        if (path.startsWith("/") && Spelling.canWrite(path)) {
            qmp.add(new Statement.Line("qmp " + Spelling.text(path), new From("-qmp", value.place())));
        }
    }

    /** {@code tcp:2222::22} of old is {@code hostfwd=tcp::2222-:22}. */
    private void redirection(Word value) {
        Matcher parts = REDIRECTION.matcher(value.text());
        String said = parts.matches()
                ? parts.group(1) + "::" + parts.group(2) + "-" + parts.group(3) + ":" + parts.group(4)
                : value.text();
        ofUserNetwork.add(new Settings.Setting("hostfwd", said, value.place(), false));
    }

    private void global(Word value) {
        Matcher parts = GLOBAL.matcher(value.text());
        if (parts.matches()) {
            globals.add(new Global(
                    parts.group("driver"),
                    new Settings.Setting(parts.group("name"), parts.group("value"), value.place(), false)));
            return;
        }
        Settings.read("-global", value, "driver")
                .ifPresent(settings -> globals.add(new Global(
                        settings.take("driver").map(Settings.Setting::value).orElse(""),
                        new Settings.Setting(
                                settings.take("property")
                                        .map(Settings.Setting::value)
                                        .orElse(""),
                                settings.take("value")
                                        .map(Settings.Setting::value)
                                        .orElse(""),
                                value.place(),
                                false))));
    }

    private void object(Word value) {
        Settings.read("-object", value, "qom-type")
                .filter(settings -> settings.peek("qom-type")
                        .filter(type -> type.value().startsWith("filter-")
                                || type.value().equals("colo-compare"))
                        .isPresent())
                .ifPresent(settings -> findings.noEqual(
                        guest,
                        settings.from(),
                        "nothing stands between a card and what it is plugged into",
                        "give it to QEMU beside what `vnetc qemu` prints"));
    }

    private void set(Word value) {
        Matcher parts = SET.matcher(value.text());
        if (!parts.matches()
                || !List.of("netdev", "device", "nic", "net", "chardev").contains(parts.group("group"))) {
            return;
        }
        Settings settings = byId.get(parts.group("group") + " " + parts.group("id"));
        if (settings == null) {
            toFillIn(value.place(), "there is nothing of that id that it could be said of", "see which id is meant");
            return;
        }
        settings.add(new Settings.Setting(parts.group("name"), parts.group("value"), value.place(), false), false);
    }

    private void noEqual(String option, SourceRange place, String reason, String remedy) {
        findings.noEqual(guest, new From("-" + option, place), reason, remedy);
    }

    private void toFillIn(SourceRange place, String message, String hint) {
        diagnostics.report(
                Diagnostic.warning(DiagnosticCode.TO_FILL_IN, place, message).withHint(hint));
    }

    /** What the guest is called; absent where it is not. */
    Optional<Settings.Setting> name() {
        return names.stream()
                .filter(settings -> settings.unknown().isEmpty())
                .flatMap(settings -> settings.peek("guest").stream())
                .filter(name -> !name.value().isBlank())
                .reduce((one, later) -> later);
    }

    Optional<String> machine() {
        return machines.stream()
                .flatMap(settings -> settings.peek("type").stream())
                .map(Settings.Setting::value)
                .reduce((one, later) -> later);
    }

    /** The socket on which it takes commands. */
    Optional<Statement.Line> qmp() {
        return qmp.stream().findFirst();
    }

    List<Settings> netdevs() {
        return netdevs;
    }

    Map<String, Settings> chardevs() {
        Map<String, Settings> all = new LinkedHashMap<>();
        chardevs.forEach(settings -> settings.peek("id").ifPresent(id -> all.putIfAbsent(id.value(), settings)));
        return all;
    }

    List<Settings> devices() {
        return devices;
    }

    List<Settings> nics() {
        return nics;
    }

    List<Settings> nets() {
        return nets;
    }

    List<Global> globals() {
        return globals;
    }

    /** What options of old say of the first network of QEMU's own. */
    List<Settings.Setting> ofUserNetwork() {
        return ofUserNetwork;
    }

    /** Whether QEMU is left to give the machine a card by itself. */
    boolean isSilent() {
        return !saysNetworks;
    }
}
