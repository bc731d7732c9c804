// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import java.util.Optional;

/** Values of QEMU's, as the language writes them; what it cannot write is reported, and is not there. */
final class Values {
    private static final int MOST_PORT = 65_535;

    private final Findings findings;

    Values(Findings findings) {
        this.findings = findings;
    }

    /** Reports what the shell puts into settings, which is not known. */
    void known(Statement.Block here, Settings settings) {
        settings.unknown()
                .ifPresent(place -> findings.noEqual(
                        here,
                        new From(settings.title(), place),
                        "what the shell puts in there is not known",
                        "write it out, or give `--pid` of the running guest"));
    }

    /** A text between quotes. */
    Optional<String> text(Statement.Block here, From from, String value) {
        if (value.isEmpty()) {
            findings.noEqual(here, from, "it is empty", "remove it");
            return Optional.empty();
        }
        if (!Spelling.canWrite(value)) {
            findings.noEqual(here, from, "it has a character that is not printed, or `${`", "write it without");
            return Optional.empty();
        }
        return Optional.of(Spelling.text(value));
    }

    /** A path between quotes. */
    Optional<String> path(Statement.Block here, From from, String value) {
        if (!value.startsWith("/")) {
            findings.noEqual(
                    here,
                    from,
                    "the path does not begin at the root",
                    "write it from the root on: where QEMU is started is not known");
            return Optional.empty();
        }
        return text(here, from, value);
    }

    /** On or off. */
    Optional<Boolean> flag(Statement.Block here, Settings settings, Settings.Setting setting) {
        Optional<Boolean> flag = setting.flag();
        if (flag.isEmpty()) {
            findings.noEqual(here, settings.from(setting), "it is neither `on` nor `off`", "write one of them");
        }
        return flag;
    }

    /** A whole number. */
    Optional<Long> number(Statement.Block here, Settings settings, Settings.Setting setting) {
        Optional<Long> number = setting.number();
        if (number.isEmpty()) {
            findings.noEqual(here, settings.from(setting), "it is not a number", "write digits");
        }
        return number;
    }

    /** An address; names of hosts are not looked up. */
    Optional<IpAddress> address(Statement.Block here, From from, String value) {
        Optional<IpAddress> address = address(value);
        if (address.isEmpty()) {
            findings.noEqual(
                    here, from, "it is no address, and names are not looked up", "write the address that it means");
        }
        return address;
    }

    static Optional<IpAddress> address(String value) {
        try {
            return Optional.of(IpAddress.parse(value));
        } catch (LiteralException e) {
            return Optional.empty();
        }
    }

    /** A port from 0 on; names of services are not looked up. */
    Optional<Integer> port(Statement.Block here, From from, String value) {
        boolean fits = value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= MOST_PORT;
        if (!fits) {
            findings.noEqual(here, from, "it is no port", "write its number, up to " + MOST_PORT);
        }
        return fits ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }
}
