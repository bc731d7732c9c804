// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.libvirt.xml.XmlWriter;
import io.vnetc.dsl.source.SourceFile;
import org.junit.jupiter.api.Test;

class XmlReaderTest {
    private static XmlElement read(String text) throws Exception {
        return XmlReader.read(new SourceFile("a.xml", text));
    }

    @Test
    void eachElementAndAttributeHasItsPlace() throws Exception {
        XmlElement root = read(
                "<?xml version='1.0'?>\r\n<!-- <no a='1'/> -->\r\n<a>\r\n  <b c = \"1>2\"\r\n     d='é'/><![CDATA[<x>]]><e  f='3' />\r\n</a>\n");
        assertThat(root.place()).hasToString("a.xml:3:1");
        XmlElement b = root.element("b").orElseThrow();
        assertThat(b.place()).hasToString("a.xml:4:3");
        assertThat(b.attribute("c").orElseThrow().place()).hasToString("a.xml:4:6");
        assertThat(b.attribute("d").orElseThrow().place()).hasToString("a.xml:5:6");
        assertThat(root.element("e").orElseThrow().attribute("f").orElseThrow().place())
                .hasToString("a.xml:5:32");
    }

    @Test
    void whatIsWrittenIsReadAgainAsItWas() throws Exception {
        String text =
                "<n:a xmlns:n='u&amp;v' xmlns:m='w' m:b='&lt;&quot;&apos;&#10;' c='é'>x &amp; <d xmlns='e'> y<f/></d>\n</n:a>";
        XmlElement element = read(text);
        String line = XmlWriter.line(element);
        assertThat(line).doesNotContain("\n");
        assertThat(XmlWriter.line(read(line))).isEqualTo(line);
        assertThat(XmlWriter.line(read(XmlWriter.document(element)))).isEqualTo(line);
        assertThat(read(line).text()).isEqualTo("x & \n");
    }
}
