// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.StateDirectory;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of one network's dnsmasq: what vnetc wrote for it, and the mark of what it was started with. */
final class DnsmasqFiles {
    /** Hash of the configuration that the running process has read; gone while that is not certain. */
    private static final String STARTED_FILE = "started";

    /** Whose it is, where that is not the network that the folder is called after. */
    private static final String OWNER_FILE = "owner";

    private static final String TRIAL_FILE = "trial.conf";
    private static final String INTERFACE = "interface=";

    private final Paths paths;
    private final String network;

    DnsmasqFiles(Paths paths, String network) {
        this.paths = paths;
        this.network = network;
    }

    /** Those that are there, by the network's name. */
    static List<DnsmasqFiles> all(Paths paths) throws DriverException {
        Path folder = paths.run().resolve("dnsmasq");
        List<DnsmasqFiles> found = new ArrayList<>();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                found.add(new DnsmasqFiles(paths, entry.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new DriverException("cannot read " + folder, e.toString(), "", e);
        }
        found.sort(Comparator.comparing(DnsmasqFiles::network));
        return found;
    }

    String network() {
        return network;
    }

    Path folder() {
        return paths.dnsmasq(network);
    }

    Path configuration() {
        return folder().resolve(Dnsmasq.CONFIGURATION_FILE);
    }

    Path pidFile() {
        return folder().resolve(Dnsmasq.PID_FILE);
    }

    /**
     * What the files say. Empty where there is no configuration: a start that was cut short.
     *
     * @param alive whether the process runs
     */
    Optional<Dnsmasq> read(boolean alive) throws DriverException {
        try {
            Optional<StateDirectory> directory = StateDirectory.find(folder());
            Optional<List<String>> configuration =
                    directory.isEmpty() ? Optional.empty() : lines(directory.get(), Dnsmasq.CONFIGURATION_FILE);
            if (configuration.isEmpty()) {
                return Optional.empty();
            }
            Dnsmasq seen = new Dnsmasq(
                    network,
                    owner(directory.get()),
                    bridge(configuration.get()),
                    folder().toString(),
                    configuration.get(),
                    lines(directory.get(), Dnsmasq.DHCP_HOSTS_FILE).orElse(List.of()),
                    lines(directory.get(), Dnsmasq.DNS_HOSTS_FILE).orElse(List.of()),
                    true);
            boolean current = directory.get().read(STARTED_FILE).equals(Optional.of(seen.configurationHash()));
            return Optional.of(alive && current ? seen : seen.stopped());
        } catch (IOException e) {
            throw new DriverException("cannot read " + folder(), e.toString(), "", e);
        }
    }

    /** A network that was renamed keeps its folder. */
    private Owner owner(StateDirectory directory) throws IOException, DriverException {
        try {
            return directory.read(OWNER_FILE).map(Owner::new).orElseGet(() -> Owner.network(network));
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage());
        }
    }

    /** The folder whose files the configuration that is there gives out. */
    Optional<String> filesFolder() throws DriverException {
        return read(false).flatMap(Dnsmasq::filesFolder);
    }

    private InterfaceName bridge(List<String> configuration) throws DriverException {
        for (String line : configuration) {
            if (line.startsWith(INTERFACE)) {
                try {
                    return new InterfaceName(line.substring(INTERFACE.length()));
                } catch (LiteralException e) {
                    throw damaged(e.getMessage());
                }
            }
        }
        throw damaged("there is no line " + INTERFACE + "…");
    }

    private DriverException damaged(String words) {
        return new DriverException(
                configuration() + " is not as vnetc wrote it",
                words,
                "Remove the folder " + folder() + " and end its dnsmasq; the next apply makes both again.");
    }

    private static Optional<List<String>> lines(StateDirectory directory, String file) throws IOException {
        return directory.read(file).map(text -> text.lines().toList());
    }

    void write(Dnsmasq wanted) throws DriverException {
        StateDirectory directory = prepare();
        try {
            directory.write(Dnsmasq.DHCP_HOSTS_FILE, Dnsmasq.fileText(wanted.dhcpHosts()));
            directory.write(Dnsmasq.DNS_HOSTS_FILE, Dnsmasq.fileText(wanted.dnsHosts()));
            directory.write(Dnsmasq.CONFIGURATION_FILE, Dnsmasq.fileText(wanted.configuration()));
            if (wanted.owner().equals(Owner.network(network))) {
                Files.deleteIfExists(folder().resolve(OWNER_FILE));
            } else {
                directory.write(OWNER_FILE, wanted.owner().path());
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Writes a configuration aside for a syntax check; returns its path. */
    String writeTrial(Dnsmasq wanted) throws DriverException {
        try {
            prepare().write(TRIAL_FILE, Dnsmasq.fileText(wanted.configuration()));
        } catch (IOException e) {
            throw unwritable(e);
        }
        return folder().resolve(TRIAL_FILE).toString();
    }

    /** Takes the trial away, and its folder with it where nothing else is in there. */
    void deleteTrial() throws DriverException {
        try {
            Files.deleteIfExists(folder().resolve(TRIAL_FILE));
            deleteFolderIfEmpty();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The folder of the leases; dnsmasq opens its file there before it gives up its rights. */
    void prepareLeases() throws DriverException {
        try {
            StateDirectory.prepare(paths.leases(network).getParent());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void rememberStarted(Dnsmasq running) throws DriverException {
        try {
            prepare().write(STARTED_FILE, running.configurationHash());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void forgetStarted() throws DriverException {
        try {
            Files.deleteIfExists(folder().resolve(STARTED_FILE));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Takes all files but the leases away. */
    void delete() throws DriverException {
        if (!Files.isDirectory(folder(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder())) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
            deleteFolderIfEmpty();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void deleteFolderIfEmpty() throws IOException {
        try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder())) {
            if (rest.iterator().hasNext()) {
                return;
            }
        }
        Files.delete(folder());
    }

    private StateDirectory prepare() throws DriverException {
        try {
            return StateDirectory.prepareForDaemons(folder());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DriverException unwritable(IOException e) {
        return new DriverException("cannot write the files of dnsmasq of " + network, e.toString(), "", e);
    }
}
