// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

/**
 * The name of an element.
 *
 * @param namespace empty where there is none
 * @param prefix as it was written, or is to be; empty where there is none
 * @param local the name without its prefix
 */
public record XmlName(String namespace, String prefix, String local) {
    /** A name in no namespace. */
    public static XmlName of(String local) {
        return new XmlName("", "", local);
    }

    @Override
    public String toString() {
        return prefix.isEmpty() ? local : prefix + ":" + local;
    }
}
