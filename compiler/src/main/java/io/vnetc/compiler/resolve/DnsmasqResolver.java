// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.dnsmasq.ConfigurationLine;
import io.vnetc.compiler.dnsmasq.SettingKind;
import io.vnetc.compiler.dnsmasq.SettingKind.Part;
import io.vnetc.compiler.dnsmasq.Settings;
import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.DnsmasqSetting;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a network's dnsmasq that have no place of their own. */
final class DnsmasqResolver {
    private final Resolution resolution;
    private final OptionValues values;

    DnsmasqResolver(Resolution resolution) {
        this.resolution = resolution;
        this.values = new OptionValues(resolution);
    }

    List<DnsmasqSetting> resolve(Network network) {
        List<DnsmasqSetting> settings = new ArrayList<>();
        Map<String, io.vnetc.dsl.vnet.DnsmasqSetting> first = new HashMap<>();
        only(network.getDnsmasq())
                .ifPresent(block -> block.getSettings().forEach(written -> {
                    Optional<SettingKind> kind = Settings.named(written.getName());
                    if (kind.isEmpty()) {
                        unknown(written);
                        return;
                    }
                    io.vnetc.dsl.vnet.DnsmasqSetting other = first.putIfAbsent(written.getName(), written);
                    if (other != null && !kind.get().repeatable()) {
                        resolution.report(Diagnostic.error(
                                        DiagnosticCode.REPEATED_SETTING,
                                        place(written),
                                        "`" + written.getName() + "` is given twice")
                                .withHint("keep one of them")
                                .withRelated(place(other), "the first one is here"));
                        return;
                    }
                    setting(written, kind.get()).ifPresent(settings::add);
                }));
        // Stable: of those of one name the order may count.
        settings.sort(Comparator.comparing(DnsmasqSetting::name));
        return settings;
    }

    private void unknown(io.vnetc.dsl.vnet.DnsmasqSetting written) {
        resolution.error(
                DiagnosticCode.UNKNOWN_DNSMASQ_SETTING,
                place(written),
                "there is no setting `" + written.getName() + "` of dnsmasq here",
                "choose from " + Settings.all().stream().map(SettingKind::name).collect(Collectors.joining(", ")));
    }

    private Optional<DnsmasqSetting> setting(io.vnetc.dsl.vnet.DnsmasqSetting written, SettingKind kind) {
        List<Expression> given = written.getValues();
        if (given.size() < kind.least() || given.size() > kind.most()) {
            resolution.error(
                    DiagnosticCode.OPTION_VALUE,
                    place(written),
                    kind.most() == 0
                            ? "`" + kind.name() + "` takes no value"
                            : "`" + kind.name() + "` takes "
                                    + (kind.least() == kind.most() ? "" : "from " + kind.least() + " to ") + kind.most()
                                    + (kind.most() == 1 ? " value" : " values"),
                    "write it as in `" + kind.example() + "`");
            return Optional.empty();
        }
        List<OptionValue> read = new ArrayList<>();
        int next = 0;
        int left = kind.least();
        for (Part.Values part : kind.values()) {
            left -= part.least();
            for (int i = 0; i < part.most() && given.size() - next > left; i++) {
                if (i >= part.least() && part.type() == ValueType.NAME && isAddress(given.get(next))) {
                    break;
                }
                values.read(given.get(next++), part.type(), part.greatest(), Optional.empty(), Optional.empty())
                        .ifPresent(read::add);
            }
        }
        if (read.size() < given.size()) {
            return Optional.empty();
        }
        DnsmasqSetting setting = new DnsmasqSetting(kind.name(), read);
        if (!ConfigurationLine.fits(ConfigurationLine.of(setting))) {
            resolution.error(
                    DiagnosticCode.OPTION_VALUE,
                    place(written),
                    "dnsmasq reads at most " + ConfigurationLine.MOST_BYTES + " bytes of a line, and these are more",
                    "write it in several lines");
            return Optional.empty();
        }
        return Optional.of(setting);
    }

    /** Names are followed by addresses, of which either there may be several. */
    private boolean isAddress(Expression written) {
        Optional<Value> value = resolution.values().evaluate(written);
        if (value.isPresent() && value.get() instanceof Value.Word word) {
            try {
                IpAddress.parse(word.text());
                return true;
            } catch (LiteralException e) {
                return false;
            }
        }
        return value.isPresent() && value.get() instanceof Value.Address;
    }

    private SourceRange place(io.vnetc.dsl.vnet.DnsmasqSetting written) {
        return resolution.place(written, VnetPackage.Literals.DNSMASQ_SETTING__NAME);
    }
}
