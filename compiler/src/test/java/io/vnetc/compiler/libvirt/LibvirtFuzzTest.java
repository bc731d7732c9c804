// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.importing.LibvirtImport.Imported;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input of nobody's good will. {@code -Dseed=N} runs one again, {@code -Drounds=N} tries more. */
class LibvirtFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final List<String> TOKENS = List.of(
            "<",
            ">",
            "/>",
            "'",
            "\"",
            "&",
            "&amp;",
            "&lt;",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "<?xml?>",
            "<!DOCTYPE a>",
            "name='",
            "\u0000",
            "\uD800",
            "\u202e",
            "${x}",
            "-1",
            "99999999999999999999",
            "0x",
            "255.255.255.255",
            "::",
            "ip",
            "dhcp",
            "<ip/>",
            "<dns/>",
            "yes",
            "no",
            "xmlns='x'",
            "\n",
            "//",
            "{",
            "}");

    @Test
    void mutatedNetworksAreTranslatedOrRefused() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> corpus = new ArrayList<>();
        for (String name : LibvirtCorpus.names().toList()) {
            corpus.add(LibvirtCorpus.xml(name));
        }
        for (int round = 0; round < Integer.getInteger("rounds", 300); round++) {
            String xml = mutated(corpus.get(random.nextInt(corpus.size())), random);
            boolean lenient = random.nextBoolean();
            String what = "seed " + seed + ", round " + round + ":\n" + xml;
            Imported imported =
                    Assertions.assertTimeoutPreemptively(LONGEST, () -> LibvirtCorpus.imported(xml, lenient), what);
            assertThat(imported.text().isPresent() ^ imported.diagnostics().hasErrors())
                    .as(what)
                    .isTrue();
            imported.text().ifPresent(text -> LibvirtCorpus.model(text));
        }
    }

    private static String mutated(String xml, Random random) {
        StringBuilder text = new StringBuilder(xml);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
                case 3 -> {
                    if (at < text.length()) {
                        text.setCharAt(at, (char) random.nextInt(0x250));
                    }
                }
                default -> replaceValue(text, random);
            }
        }
        return text.toString();
    }

    /** The value of some attribute by another: such XML is well-formed, and gets further. */
    private static void replaceValue(StringBuilder text, Random random) {
        int from = text.indexOf("='", random.nextInt(text.length() + 1));
        int to = from < 0 ? -1 : text.indexOf("'", from + 2);
        if (to > 0) {
            List<String> values = List.of(
                    "",
                    "0",
                    "1",
                    "65536",
                    "10.0.0.1",
                    "fd00::1",
                    "a b",
                    "&#10;",
                    "&quot;",
                    "${x}",
                    "no",
                    "libvirt",
                    "nat",
                    "00:00:00:00:00:00",
                    "\\",
                    "é",
                    "255.255.0.0",
                    "32",
                    "a".repeat(300));
            text.replace(from + 2, to, values.get(random.nextInt(values.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE network [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><network><name>&b;</name></network>",
                "<!DOCTYPE network [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><network><name>&a;</name></network>",
                "<!DOCTYPE network SYSTEM 'http://127.0.0.1:1/x.dtd'><network><name>a</name></network>",
                "<!DOCTYPE network [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]><network><name>a</name></network>",
                "<network><name>&undefined;</name></network>",
            })
    void entitiesAreRefused(String xml) {
        Imported imported = LibvirtCorpus.imported(xml, true);
        assertThat(imported.text()).isEmpty();
        assertThat(imported.diagnostics().all())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.code()).isEqualTo(DiagnosticCode.XML_SYNTAX));
    }

    @Test
    void whatIsTooDeepOrTooLargeIsRefused() {
        refused("<a>".repeat(100_000));
        refused("<network><metadata>" + "<x:a xmlns:x='y'>".repeat(1000) + "</x:a>".repeat(1000)
                + "</metadata></network>");
        refused("<network><name>" + "a".repeat(5 << 20) + "</name></network>");
        refused("<networks>" + "<a/>".repeat(300_000) + "</networks>");
        StringBuilder attributes = new StringBuilder("<network");
        for (int i = 0; i < 1000; i++) {
            attributes.append(" a").append(i).append("='b'");
        }
        refused(attributes + "><name>a</name></network>");
    }

    private static void refused(String xml) {
        Imported imported = Assertions.assertTimeoutPreemptively(LONGEST, () -> LibvirtCorpus.imported(xml, true));
        assertThat(imported.text()).isEmpty();
        assertThat(imported.diagnostics().hasErrors()).isTrue();
    }

    @Test
    void hugeValuesAreNoTrouble() {
        String xml = "<network><name>" + "n".repeat(100_000) + "</name><ip address='" + "1".repeat(100_000)
                + "'/></network>";
        assertThat(LibvirtCorpus.imported(xml, true).text()).isPresent();
    }
}
