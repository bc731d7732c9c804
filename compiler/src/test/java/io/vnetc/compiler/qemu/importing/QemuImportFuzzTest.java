// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Input of nobody's good will. {@code -Dseed=N} runs one again, {@code -Drounds=N} tries more. */
class QemuImportFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final List<String> TOKENS = List.of(
            "'",
            "\"",
            "\\",
            "`",
            "$(",
            "${x}",
            "$x",
            ",",
            ",,",
            "=",
            "{",
            "}",
            "[",
            "]",
            ":",
            ";",
            "&",
            "|",
            "<<",
            ">",
            "#",
            "\n",
            "\r",
            "\0",
            "\u001b[2J",
            "\u202e",
            "\uD800",
            "-",
            "--",
            "-netdev ",
            "-device ",
            "-net nic,",
            "-nic ",
            "-global ",
            "-set ",
            "vlan=-1",
            "vlan=99999999999999999999",
            "hubport,hubid=1",
            "netdev=n1",
            "id=n1",
            "type=",
            "queues=0",
            "queues=99999999999999999999",
            "addr=zz",
            "mac=",
            "fd=-1",
            "fds=::::",
            "net=/",
            "net=::/128",
            "hostfwd=::99999-:99999",
            "guestfwd=",
            "sndbuf=999999999G",
            "reconnect=99999999999",
            "addr.host=",
            "mcast=:",
            "../../etc/passwd",
            "%s%n",
            "{\"a\":".repeat(50),
            "[".repeat(1000),
            "on",
            "off",
            "0x",
            "1e999",
            "\"}");

    @Test
    void mutatedCommandLinesAreTranslatedOrRefused() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("rounds", 300); round++) {
            boolean lenient = random.nextBoolean();
            boolean shell = random.nextBoolean();
            List<String> words = new ArrayList<>(new RandomCommandLine(random).words());
            if (random.nextBoolean()) {
                words.addAll(new RandomCommandLine(random).words());
            }
            String line = shell ? mutated(String.join(" ", words), random) : "";
            List<String> hostile = words.stream()
                    .map(word -> random.nextInt(4) == 0 ? mutated(word, random) : word)
                    .toList();
            String what = "seed " + seed + ", round " + round + ":\n" + (shell ? line : hostile);
            Imports.Imported imported = Assertions.assertTimeoutPreemptively(
                    LONGEST,
                    () -> shell ? Imports.script(line, lenient) : Imports.words(hostile, HostKnowledge.NONE, lenient),
                    what);
            assertThat(imported.text().isPresent() ^ imported.diagnostics().hasErrors())
                    .as(what + imported.diagnostics().all())
                    .isTrue();
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 1 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(12)));
                default ->
                    changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(40))));
            }
        }
        return changed.toString();
    }

    @Test
    void whatIsHugeIsAnswered() {
        for (String huge : List.of(
                "kvm " + "-nic user ".repeat(100_000),
                "kvm -netdev " + "x".repeat(3_000_000),
                "kvm -netdev " + "a=b,".repeat(500_000),
                "kvm -device '" + "{\"a\":".repeat(300_000) + "'",
                "kvm -netdev " + "$(".repeat(100_000),
                "\"".repeat(1_000_001),
                "\0".repeat(200_000),
                "-nic\n".repeat(400_000))) {
            Imports.Imported imported = Assertions.assertTimeoutPreemptively(
                    LONGEST, () -> Imports.script(huge, false), huge.substring(0, 20));
            assertThat(imported.text().isPresent() ^ imported.diagnostics().hasErrors())
                    .isTrue();
        }
    }
}
