// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vnetc.dsl.Randomness;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
    /** RFC 5952, sections 4 and 5. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "fe80::, fe80::",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "10.20.1.5, 10.20.1.5"
    })
    void isPrintedInItsOneCanonicalForm(String written, String canonical) {
        assertThat(IpAddress.parse(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.-1", "10.0.0.01", "10.0..1", "0x0a.0.0.1",
                        "١.0.0.1",
                ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9", "12345::", "g::",
                        ":1::", "1:",
                "fe80::1%eth0", "::10.0.0", "::1.2.3.4.5", "1.2.3.4::", "::/64"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> IpAddress.parse(text));
    }

    @Test
    void parsesWhatItPrintsAndAgreesWithTheJdk() {
        Randomness.check(2_000, random -> {
            IpAddress address = Addresses.random(random);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(IpAddress.ofBytes(address.toBytes())).isEqualTo(address);
            assertThat(jdkBytes(address)).isEqualTo(address.toBytes());
        });
    }

    private static byte[] jdkBytes(IpAddress address) {
        try {
            return InetAddress.getByName(address.toString()).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(address.toString(), e);
        }
    }

    @Test
    void addsLikeANumberAndStaysInItsFamily() {
        Randomness.check(5_000, random -> {
            IpAddress address = Addresses.random(random);
            long offset = random.nextBoolean() ? random.nextInt(1_000) - 500 : random.nextLong();
            BigInteger sum = Addresses.number(address).add(BigInteger.valueOf(offset));
            boolean exists =
                    sum.signum() >= 0 && sum.bitLength() <= address.family().bits();
            if (exists) {
                assertThat(Addresses.number(address.plus(offset))).isEqualTo(sum);
            } else {
                assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> address.plus(offset));
            }
        });
    }

    @Test
    void comparesLikeANumberWithinAFamily() {
        Randomness.check(2_000, random -> {
            IpAddress left = Addresses.random(random);
            IpAddress right = Addresses.random(random);
            int expected = left.family() == right.family()
                    ? Addresses.number(left).compareTo(Addresses.number(right))
                    : left.family().compareTo(right.family());
            assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Integer.signum(expected));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "224.0.0.1, true",
        "239.255.255.255, true",
        "223.255.255.255, false",
        "240.0.0.1, false",
        "ff02::1, true",
        "fe80::1, false"
    })
    void knowsMulticast(String address, boolean multicast) {
        assertThat(IpAddress.parse(address).isMulticast()).isEqualTo(multicast);
    }

    @ParameterizedTest
    @CsvSource({"169.254.1.1, true", "169.255.1.1, false", "fe80::1, true", "febf::1, true", "fec0::1, false"})
    void knowsLinkLocal(String address, boolean linkLocal) {
        assertThat(IpAddress.parse(address).isLinkLocal()).isEqualTo(linkLocal);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.9.9.9, true", "128.0.0.1, false", "::1, true", "::2, false", "1::1, false"})
    void knowsLoopback(String address, boolean loopback) {
        assertThat(IpAddress.parse(address).isLoopback()).isEqualTo(loopback);
    }
}
