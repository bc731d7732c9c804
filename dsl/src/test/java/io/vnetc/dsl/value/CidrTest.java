// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vnetc.dsl.Randomness;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {
    private static Cidr random(Random random) {
        IpAddress address = Addresses.random(random);
        int length = random.nextInt(address.family().bits() + 1);
        return new InterfaceAddress(address, length).network();
    }

    private static BigInteger count(Cidr cidr) {
        return BigInteger.ONE.shiftLeft(cidr.family().bits() - cidr.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "::/129",
                "10.0.0.0/ 8",
                "/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Cidr.parse(text));
    }

    @Test
    void refusesHostBitsAndSaysWhatWasMeant() {
        assertThatExceptionOfType(LiteralException.class)
                .isThrownBy(() -> Cidr.parse("10.20.1.5/24"))
                .satisfies(e -> assertThat(e.hint()).contains("did you mean 10.20.1.0/24?"));
    }

    @Test
    void parsesWhatItPrints() {
        Randomness.check(2_000, random -> {
            Cidr cidr = random(random);
            assertThat(Cidr.parse(cidr.toString())).isEqualTo(cidr);
        });
    }

    @Test
    void goesFromItsFirstToItsLastAddress() {
        Randomness.check(2_000, random -> {
            Cidr cidr = random(random);
            BigInteger last = Addresses.number(cidr.first()).add(count(cidr)).subtract(BigInteger.ONE);
            assertThat(Addresses.number(cidr.last())).isEqualTo(last);
            assertThat(cidr.contains(cidr.first())).isTrue();
            assertThat(cidr.contains(cidr.last())).isTrue();
        });
    }

    @Test
    void containsExactlyTheAddressesBetweenThose() {
        Randomness.check(5_000, random -> {
            Cidr cidr = random(random);
            IpAddress address = random.nextBoolean() ? Addresses.random(random) : cidr.first();
            boolean between = address.family() == cidr.family()
                    && address.compareTo(cidr.first()) >= 0
                    && address.compareTo(cidr.last()) <= 0;
            assertThat(cidr.contains(address)).isEqualTo(between);
        });
    }

    @Test
    void overlapsWhenOneContainsTheOther() {
        Randomness.check(5_000, random -> {
            Cidr left = random(random);
            Cidr right = random.nextBoolean()
                    ? random(random)
                    : new InterfaceAddress(left.first(), random.nextInt(33)).network();
            boolean overlap = left.family() == right.family()
                    && left.first().compareTo(right.last()) <= 0
                    && right.first().compareTo(left.last()) <= 0;
            assertThat(left.overlaps(right)).isEqualTo(overlap);
            assertThat(right.overlaps(left)).isEqualTo(overlap);
        });
    }

    @Test
    void hasSubnetsOneAfterTheOther() {
        Randomness.check(5_000, random -> {
            Cidr cidr = random(random);
            int length = random.nextInt(cidr.family().bits() + 2);
            long index = random.nextBoolean() ? random.nextInt(300) : random.nextLong();
            boolean exists = length >= cidr.length()
                    && length <= cidr.family().bits()
                    && index >= 0
                    && BigInteger.valueOf(index).compareTo(BigInteger.ONE.shiftLeft(length - cidr.length())) < 0;
            if (exists) {
                Cidr subnet = cidr.subnet(length, index);
                BigInteger expected =
                        Addresses.number(cidr.first()).add(count(subnet).multiply(BigInteger.valueOf(index)));
                assertThat(Addresses.number(subnet.first())).isEqualTo(expected);
                assertThat(cidr.contains(subnet)).isTrue();
            } else {
                assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> cidr.subnet(length, index));
            }
        });
    }

    @Test
    void hasHostsCountedFromItsFirstAddress() {
        Randomness.check(5_000, random -> {
            Cidr cidr = random(random);
            long offset = random.nextBoolean() ? random.nextInt(600) - 100 : random.nextLong();
            boolean exists = offset >= 0 && BigInteger.valueOf(offset).compareTo(count(cidr)) < 0;
            if (exists) {
                assertThat(Addresses.number(cidr.host(offset)))
                        .isEqualTo(Addresses.number(cidr.first()).add(BigInteger.valueOf(offset)));
            } else {
                assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> cidr.host(offset));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 24, 1, 10.20.1.0/24",
        "10.20.0.0/16, 24, 255, 10.20.255.0/24",
        "10.20.0.0/16, 16, 0, 10.20.0.0/16",
        "fd00::/48, 64, 10, fd00:0:0:a::/64",
        "fd00::/16, 80, 1, fd00:0:0:0:1::/80"
    })
    void cutsTheSubnetsOfTheDocumentation(String network, int length, long index, String subnet) {
        assertThat(Cidr.parse(network).subnet(length, index)).isEqualTo(Cidr.parse(subnet));
    }
}
