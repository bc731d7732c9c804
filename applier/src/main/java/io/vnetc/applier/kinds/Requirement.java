// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.applier.host.HostContext;
import java.nio.file.Files;
import java.nio.file.Path;

/** What steps want of the machine. Implementations are records: equal ones are checked and named once. */
public interface Requirement {
    /** What is wanted, as "the program dnsmasq". */
    String what();

    /** How to get it, as a sentence. */
    String remedy();

    /** Whether it is there; looks, and changes nothing. */
    boolean isMet(HostContext host);

    /** The right to configure the network of this namespace. */
    static Requirement netAdmin() {
        return new NetAdmin();
    }

    /** A program, by its name in the directories of {@link io.vnetc.applier.host.Programs}. */
    static Requirement program(String name, String debianPackage) {
        return new Program(name, debianPackage);
    }

    /** A device node that this process may open for reading and writing. */
    static Requirement device(Path path, String remedy) {
        return new Device(path, remedy);
    }

    /** See {@link #netAdmin}. */
    record NetAdmin() implements Requirement {
        @Override
        public String what() {
            return "the capability CAP_NET_ADMIN";
        }

        @Override
        public String remedy() {
            return "Run it as root: sudo vnetc …; to look at what it does without root, use vnetc try.";
        }

        @Override
        public boolean isMet(HostContext host) {
            return host.privileges().netAdmin();
        }
    }

    /** See {@link #program}. */
    record Program(String name, String debianPackage) implements Requirement {
        @Override
        public String what() {
            return "the program " + name;
        }

        @Override
        public String remedy() {
            return "Install it: sudo apt-get install " + debianPackage;
        }

        @Override
        public boolean isMet(HostContext host) {
            return host.programs().find(name).isPresent();
        }
    }

    /** See {@link #device}. */
    record Device(Path path, String remedy) implements Requirement {
        @Override
        public String what() {
            return "the device " + path;
        }

        @Override
        public boolean isMet(HostContext host) {
            return Files.isReadable(path) && Files.isWritable(path);
        }
    }
}
