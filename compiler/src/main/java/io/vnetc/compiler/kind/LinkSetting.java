// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a link that is not ours has as every link has it: borrowed, and given back its former value.
 *
 * @param link that it is of
 * @param key which
 * @param value as ip-link(8) takes it
 */
public record LinkSetting(InterfaceName link, Key key, String value) implements Resource {
    public static final Kind<LinkSetting> KIND = new LinkSettingKind();

    /** The settings there are. */
    public enum Key {
        /** The longest packet, in bytes. */
        MTU("mtu", "mtu"),
        /** The Ethernet address. */
        MAC("mac", "address");

        private final String text;
        private final String ip;

        Key(String text, String ip) {
            this.text = text;
            this.ip = ip;
        }

        /** Reads what {@link #toString} writes. */
        public static Key parse(String text) {
            return Arrays.stream(values())
                    .filter(key -> key.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("links have no setting `" + text + "`"));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Where the setting {@code key} of {@code link} stands in a state. */
    public static ResourceAddress address(InterfaceName link, Key key) {
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
        return Attributes.builder().text("value", value).build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    private static final class LinkSettingKind implements Kind<LinkSetting> {
        @Override
        public String name() {
            return "link-setting";
        }

        @Override
        public Class<LinkSetting> type() {
            return LinkSetting.class;
        }

        @Override
        public LinkSetting read(String name, Attributes attributes) {
            int slash = name.lastIndexOf('/');
            if (slash < 0) {
                throw new MalformedStateException("`" + name + "` is not a link and a setting");
            }
            return new LinkSetting(
                    Read.value(name.substring(0, slash), InterfaceName::new),
                    Read.value(name.substring(slash + 1), Key::parse),
                    attributes.text("value"));
        }

        @Override
        public Effect effect(Optional<LinkSetting> before, Optional<LinkSetting> after) {
            if (before.isEmpty() || after.isEmpty() || before.equals(after)) {
                return Effect.NONE;
            }
            LinkSetting now = after.get();
            return new Effect(
                    Severity.BRIEF,
                    Set.of(now.link),
                    now.key == Key.MAC
                            ? "the uplink has another MAC address, which others have to learn"
                            : "the uplink may go down and up while its driver takes another MTU");
        }

        @Override
        public boolean drags(LinkSetting before, Optional<LinkSetting> after, Resource other) {
            if (before.key != Key.MTU || after.isEmpty()) {
                return false;
            }
            int mtu = Integer.parseInt(after.get().value);
            return (other instanceof HostLink upper
                            && upper.lower().equals(Optional.of(before.link))
                            && HostLinkKind.isCut(mtu, upper))
                    || (other instanceof Macvtap macvtap && macvtap.lower().equals(before.link) && macvtap.mtu() > mtu);
        }

        @Override
        public List<String> commands(Optional<LinkSetting> before, Optional<LinkSetting> after) {
            return after.map(now -> List.of("ip link set dev " + now.link + " " + now.key.ip + " " + now.value))
                    .orElse(List.of());
        }

        @Override
        public String title(LinkSetting resource) {
            return resource.key + " of " + resource.link;
        }

        @Override
        public int rank(LinkSetting resource) {
            return 30;
        }
    }
}
