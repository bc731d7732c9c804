// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

/** What stands between the tags of an element. */
public sealed interface XmlNode permits XmlElement, XmlNode.Text {
    /** Characters, with references resolved. */
    record Text(String value) implements XmlNode {}
}
