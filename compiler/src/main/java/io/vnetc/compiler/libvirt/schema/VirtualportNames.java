// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import java.util.Map;
import java.util.stream.Collectors;

/** What the parameters of a virtualport are called on either side. */
public final class VirtualportNames {
    /** By libvirt's names, the language's. */
    public static final Map<String, String> OURS = Map.of(
            "managerid", "manager",
            "typeid", "type",
            "typeidversion", "type-version",
            "instanceid", "instance",
            "profileid", "profile",
            "interfaceid", "interface");

    /** By the language's names, libvirt's. */
    public static final Map<String, String> LIBVIRTS =
            OURS.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private VirtualportNames() {}
}
