// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vnetc.dsl.Randomness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates, sizes and times: numbers with a unit. */
final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "1bit, 1",
        "500kbit, 500000",
        "10mbit, 10000000",
        "1.5gbit, 1500000000",
        "0.1kbit, 100",
        "2tbit, 2000000000000"
    })
    void readsRatesInDecimalUnits(String text, long bits) {
        assertThat(Rate.parse(text).bitsPerSecond()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10mb",
                "10Mbit",
                "-1mbit",
                "0mbit",
                "1.5bit",
                "1,5mbit",
                "999999999999tbit",
                "mbit",
                "1e3bit",
                "١mbit"
            })
    void refusesWhatIsNoRate(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Rate.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1500b, 1500", "64KiB, 65536", "64kib, 65536", "5MiB, 5242880", "1.5GiB, 1610612736", "0b, 0"})
    void readsSizesInBinaryUnits(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5MB", "5M", "5mb", "-5b", "0.3b", "99999999999GiB", "KiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "90m, PT1H30M", "12h, PT12H", "7d, PT168H", "1h30m, PT1H30M"})
    void readsTimes(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "h", "1.5h", "12 h", "-1s", "1w", "1h30", "1H", "30m1h", "1h1h", "9999999999s"})
    void refusesWhatIsNoTime(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Durations.parse(text));
    }

    @Test
    void refusesALeaseThatDnsmasqWouldLengthen() {
        assertThat(LeaseTime.of(Duration.ofMinutes(2))).hasToString("2m");
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> LeaseTime.of(Duration.ofMillis(999)));
        assertThat(LeaseTime.INFINITE).hasToString("infinite");
    }

    @Test
    void parsesWhatItPrints() {
        Randomness.check(3_000, random -> {
            long number = random.nextLong() >>> (1 + random.nextInt(62));
            // 10^12 units of the largest are refused as too large when they are read.
            Rate rate = new Rate(Math.max(1, number % 1_000_000_000_000L));
            assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
            ByteSize size = new ByteSize(number % 1_000_000_000_000L);
            assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
            Duration duration = Duration.ofMillis(number % 1_000_000_000_000_000L);
            assertThat(Durations.parse(Durations.print(duration))).isEqualTo(duration);
        });
    }
}
