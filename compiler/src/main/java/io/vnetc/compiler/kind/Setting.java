// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sysctl of one interface that is not ours: borrowed, and given back its former value.
 *
 * @param link that it is of, or {@link #ALL}
 * @param key which
 * @param value the number in it
 */
public record Setting(String link, Key key, long value) implements Resource {
    public static final Kind<Setting> KIND = new SettingKind();

    /** Instead of a link: the setting for all of them at once. */
    public static final String ALL = "all";

    /** The settings there are. */
    public enum Key {
        IPV4_FORWARDING("ipv4.forwarding", "ipv4", "forwarding"),
        /**
         * Of {@link #ALL} only: of one link it says router or host, and forwards nothing. The kernel writes it over that
         * of every link (net/ipv6/addrconf.c), so whoever moves it has to put those back.
         */
        IPV6_FORWARDING("ipv6.forwarding", "ipv6", "forwarding"),
        IPV6_FORCE_FORWARDING("ipv6.force_forwarding", "ipv6", "force_forwarding"),
        /** 0 never, 1 unless forwarding, 2 always. */
        IPV6_ACCEPT_RA("ipv6.accept_ra", "ipv6", "accept_ra");

        private final String text;
        private final String family;
        private final String file;

        Key(String text, String family, String file) {
            this.text = text;
            this.family = family;
            this.file = file;
        }

        /** Reads {@code ipv4.forwarding} and its like. */
        public static Key parse(String text) {
            return Arrays.stream(values())
                    .filter(key -> key.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no setting `" + text + "`"));
        }

        /** Directory below {@code /proc/sys/net}: {@code ipv4} or {@code ipv6}. */
        public String family() {
            return family;
        }

        /** Name of the file in the interface's directory. */
        public String file() {
            return file;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Where the setting {@code key} of {@code link} stands in a state. */
    public static ResourceAddress address(String link, Key key) {
        return new ResourceAddress(KIND.name(), link + "/" + key);
    }

    @Override
    public ResourceAddress address() {
        return address(link, key);
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder().whole("value", value).build();
    }

    @Override
    public Set<Claim> needs() {
        return link.equals(ALL) ? Set.of() : Set.of(Claim.interfaceName(link));
    }

    private static final class SettingKind implements Kind<Setting> {
        @Override
        public String name() {
            return "setting";
        }

        @Override
        public Class<Setting> type() {
            return Setting.class;
        }

        @Override
        public Setting read(String name, Attributes attributes) {
            int slash = name.lastIndexOf('/');
            if (slash < 0) {
                throw new MalformedStateException("`" + name + "` is not a link and a setting");
            }
            return new Setting(
                    name.substring(0, slash),
                    Read.value(name.substring(slash + 1), Key::parse),
                    attributes.whole("value"));
        }

        /** The guests that lose or gain by it are met by the step of their own bridge. */
        @Override
        public Effect effect(Optional<Setting> before, Optional<Setting> after) {
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<Setting> before, Optional<Setting> after) {
            return after.map(now -> List.of("sysctl -w net/" + now.key.family + "/conf/" + now.link + "/" + now.key.file
                            + "=" + now.value))
                    .orElse(List.of());
        }

        @Override
        public String title(Setting resource) {
            return resource.key + " of " + resource.link;
        }

        @Override
        public int rank(Setting resource) {
            return resource.key == Key.IPV6_ACCEPT_RA ? 0 : 30;
        }
    }
}
