// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Expression;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluatorTest {
    private static final String LETS = """
            let lab = 10.20.0.0/16
            let six = fd00:20::/48
            let office = lab.subnet(24, 1)
            let also = office
            let first = .100
            let speed = 10mbit
            let three = 3
            """;

    private static <T> T value(String written, BiFunction<Evaluator, Expression, Optional<T>> reading) {
        ParsedSources sources =
                Frontend.parse(new InMemorySourceTree().with("a.vnet", LETS + "let it = " + written), "a.vnet");
        assertThat(sources.diagnostics().all()).isEmpty();
        Optional<T> value = reading.apply(
                new Evaluator(sources), sources.let("it").orElseThrow().getValue());
        assertThat(sources.diagnostics().all()).as(written).isEmpty();
        return value.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8 | 10.0.0.0/8",
                "also | 10.20.1.0/24",
                "also.subnet(26, three) | 10.20.1.192/26",
                "six.subnet(64, 10) | fd00:20:0:a::/64"
            })
    void computesNetworks(String written, String network) {
        assertThat(value(written, Evaluator::cidr)).isEqualTo(Cidr.parse(network));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".10 | 10.20.0.0/16 | 10.20.0.10",
                ".3.10 | 10.20.0.0/16 | 10.20.3.10",
                "first | 10.20.1.0/24 | 10.20.1.100",
                ".200 | 10.20.1.192/26 | 10.20.1.200",
                "::10 | fd00:20::/48 | fd00:20::10",
                "::1:0:0:1 | fd00:20::/48 | fd00:20::1:0:0:1",
                "192.0.2.1 | 10.20.0.0/16 | 192.0.2.1",
                "office.host(7) | 10.20.1.0/24 | 10.20.1.7",
                "six.host(1) | fd00:20::/48 | fd00:20::1"
            })
    void computesAddressesWithinANetwork(String written, String network, String address) {
        Optional<Cidr> within = Optional.of(Cidr.parse(network));
        IpAddress value = value(written, (evaluator, it) -> evaluator.address(it, within));
        assertThat(value).isEqualTo(IpAddress.parse(address));
    }

    @Test
    void readsWholeAddressesWithoutANetwork() {
        IpAddress value = value("::1", (evaluator, it) -> evaluator.address(it, Optional.empty()));
        assertThat(value).isEqualTo(IpAddress.parse("::1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".100 .. .199 | 10.20.1.0/24 | 10.20.1.100 | 10.20.1.199",
                ".100...199 | 10.20.1.0/24 | 10.20.1.100 | 10.20.1.199",
                "first .. .199 | 10.20.1.0/24 | 10.20.1.100 | 10.20.1.199",
                "10.0.0.1..10.0.0.9 | 10.0.0.0/24 | 10.0.0.1 | 10.0.0.9",
                "office.host(10) .. office.host(20) | 10.20.1.0/24 | 10.20.1.10 | 10.20.1.20",
                "::10 .. ::20 | fd00::/64 | fd00::10 | fd00::20",
                "::10..::20 | fd00::/64 | fd00::10 | fd00::20",
                "fd00::a..fd00::f | fd00::/64 | fd00::a | fd00::f"
            })
    void readsRangesOfAddresses(String written, String network, String first, String last) {
        Optional<Cidr> within = Optional.of(Cidr.parse(network));
        AddressRange value = value(written, (evaluator, it) -> evaluator.addressRange(it, within));
        assertThat(value).isEqualTo(new AddressRange(IpAddress.parse(first), IpAddress.parse(last)));
    }

    @Test
    void readsEveryOtherKind() {
        assertThat(value("speed", Evaluator::rate)).isEqualTo(Rate.parse("10mbit"));
        assertThat(value("5MiB", Evaluator::size)).isEqualTo(ByteSize.parse("5MiB"));
        assertThat(value("1h30m", Evaluator::duration)).isEqualTo(Duration.ofMinutes(90));
        assertThat(value("aa:bb:cc:dd:ee:ff", Evaluator::mac)).isEqualTo(MacAddress.parse("aa:bb:cc:dd:ee:ff"));
        assertThat(value("52:54:00:12:34:56", Evaluator::mac)).isEqualTo(MacAddress.parse("52:54:00:12:34:56"));
        assertThat(value("00:01:00:01:2a:3b:4c:5d", Evaluator::duid)).hasToString("00:01:00:01:2a:3b:4c:5d");
        Long three = value("three", (evaluator, it) -> evaluator.integer(it, 1, 9, "a number"));
        assertThat(three).isEqualTo(3);
        assertThat(value("80", Evaluator::portRange)).isEqualTo(new PortRange(80, 80));
        assertThat(value("1024..65535", Evaluator::portRange)).isEqualTo(new PortRange(1024, 65535));
        IntegerRange range = value("1 .. three", (evaluator, it) -> evaluator.integerRange(it, 1, 9, "a number"));
        assertThat(range).isEqualTo(new IntegerRange(1, 3));
        IntegerRange single = value("7", (evaluator, it) -> evaluator.integerRange(it, 1, 9, "a number"));
        assertThat(single).isEqualTo(new IntegerRange(7, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "(1 + 2) * 3 | 9",
                "7 / 2 | 3",
                "7 % 2 + three | 4",
                "10 - 4 - 3 | 3",
                "size(lab) | 65536",
                "office.size() | 256",
                "size(10.0.0.10..10.0.0.19) | 10",
                "size(5..9) | 5",
                "lab.prefix-length() | 16",
                "length([1, 2]) | 2",
                "length([a = 1]) | 1",
                "[10, 20, 30][1] | 20",
                "[a = 1, b = 2][\"b\"] | 2",
                "[[1, 2], [3, 4]][1][0] | 3"
            })
    void computesNumbers(String written, long number) {
        Long value = value(written, (evaluator, it) -> evaluator.integer(it, 0, 1_000_000, "a number"));
        assertThat(value).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | true",
                "not true or true | true",
                "not (true or true) | false",
                "false and 1 / 0 == 1 | false",
                "true or 1 / 0 == 1 | true",
                "1 < 2 and 2 <= 2 and 3 > 2 and 2 >= 2 | true",
                "10mbit == 10000kbit | true",
                "1gbit > 999mbit | true",
                "60s == 1m | true",
                "office == 10.20.1.0/24 | true",
                "office.host(7) != 10.20.1.7 | false",
                "fd00::0:1 == fd00::1 | true",
                "\"a\" == \"a\" | true"
            })
    void decidesConditions(String written, boolean holds) {
        Value value = value(written, (evaluator, it) -> evaluator.evaluate(it));
        assertThat(value).isEqualTo(new Value.Truth(holds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "office.first-host() | 10.20.1.1",
                "last-host(office) | 10.20.1.254",
                "first-host(10.0.0.0/31) | 10.0.0.0",
                "last-host(10.0.0.0/31) | 10.0.0.1",
                "last-host(10.0.0.1/32) | 10.0.0.1",
                "first-host(fd00::/64) | fd00::1",
                "last-host(fd00::/126) | fd00::3"
            })
    void findsHostsOfANetwork(String written, String address) {
        IpAddress value = value(written, (evaluator, it) -> evaluator.address(it, Optional.empty()));
        assertThat(value).isEqualTo(IpAddress.parse(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "office.range(100, 199) | 10.20.1.100 | 10.20.1.199",
                "range(office, .5, .9) | 10.20.1.5 | 10.20.1.9",
                "range(six, 1, ::ff) | fd00:20::1 | fd00:20::ff"
            })
    void computesRanges(String written, String first, String last) {
        AddressRange value = value(written, (evaluator, it) -> evaluator.addressRange(it, Optional.empty()));
        assertThat(value).isEqualTo(new AddressRange(IpAddress.parse(first), IpAddress.parse(last)));
    }

    @Test
    void putsValuesIntoStrings() {
        Value text = value(
                "\"lab-${three + 1} ${office} ${lab.host(1)} ${true} $${x}\"",
                (evaluator, it) -> evaluator.evaluate(it));
        assertThat(text).isEqualTo(new Value.Quoted("lab-4 10.20.1.0/24 10.20.0.1 true ${x}", true));
        Value inner = value("\"${[a = \\\"b\\\"][\\\"a\\\"]}\"", (evaluator, it) -> evaluator.evaluate(it));
        assertThat(inner).isEqualTo(new Value.Quoted("b", true));
    }

    @Test
    void readsAStringWithAValueInItAsTheLiteralThatItIs() {
        assertThat(value("\"${three}0mbit\"", Evaluator::rate)).isEqualTo(Rate.parse("30mbit"));
        assertThat(value("\"52:54:00:00:00:0${three}\"", Evaluator::mac))
                .isEqualTo(MacAddress.parse("52:54:00:00:00:03"));
    }
}
