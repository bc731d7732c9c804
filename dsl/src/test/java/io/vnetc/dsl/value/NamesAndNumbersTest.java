// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vnetc.dsl.Randomness;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MAC addresses, DUIDs, ranges, and the names of interfaces and domains. */
final class NamesAndNumbersTest {
    @Test
    void readsAndPrintsMacAddresses() {
        assertThat(MacAddress.parse("52:54:00:AB:cd:0F")).hasToString("52:54:00:ab:cd:0f");
        assertThat(MacAddress.parse("01:00:5e:00:00:01").isMulticast()).isTrue();
        assertThat(MacAddress.parse("52:54:00:00:00:01").isMulticast()).isFalse();
        Randomness.check(1_000, random -> {
            MacAddress mac = new MacAddress(random.nextLong() >>> 16);
            assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
            assertThat(MacAddress.ofBytes(mac.toBytes())).isEqualTo(mac);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "52:54:00:12:34",
                "52:54:00:12:34:56:78",
                "52-54-00-12-34-56",
                "52:54:00:12:34:5",
                "52:54:00:12:34:+5",
                "５2:54:00:12:34:56",
                "52:54:00:12:34:5g"
            })
    void refusesWhatIsNoMacAddress(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> MacAddress.parse(text));
    }

    @Test
    void readsPciAddressesWithAndWithoutADomain() {
        assertThat(PciAddress.parse("0000:03:1F.7")).hasToString("0000:03:1f.7");
        assertThat(PciAddress.parse("03:10.0")).isEqualTo(new PciAddress(0, 3, 0x10, 0));
        assertThat(PciAddress.parse("10000:e1:00.0")).hasToString("10000:e1:00.0");
        assertThat(PciAddress.parse("0000:03:10.0")).isLessThan(PciAddress.parse("0000:03:10.1"));
        Randomness.check(1_000, random -> {
            PciAddress address = new PciAddress(
                    random.nextInt() & 0xffffffffL, random.nextInt(256), random.nextInt(32), random.nextInt(8));
            assertThat(PciAddress.parse(address.toString())).isEqualTo(address);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "03:10", "3:10.0", "0000:03:20.0", "0000:03:10.8", "0:03:10.0", "0000:03:10.0,x", "００:10.0"})
    void refusesWhatIsNoPciAddress(String text) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> PciAddress.parse(text));
    }

    @Test
    void readsDuidsOfAnyAllowedLength() {
        assertThat(Duid.parse("00:01:00:01:2A:3b")).hasToString("00:01:00:01:2a:3b");
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Duid.parse("00:01"));
        assertThat(Duid.parse("00" + ":01".repeat(129)).text()).hasSize(389);
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Duid.parse("00" + ":01".repeat(130)));
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> Duid.parse("00:01:0x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eno1", "vbr-office", "enp65s0f0", "br0.42", "a_b", "fifteen-letters", "0eth"})
    void takesInterfaceNames(String name) {
        assertThat(new InterfaceName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lo",
                "all",
                "default",
                ".",
                "..",
                "-x",
                "_x",
                "sixteen-letters-",
                "a/b",
                "a b",
                "vnet%d",
                "a:0",
                "a\n",
                "é",
                "a;b",
                "a,b"
            })
    void refusesInterfaceNamesThatAreUnsafeSomewhere(String name) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new InterfaceName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/run/qemu/web.qmp", "/run/a b,c=\"é\"", "/...", "/.a"})
    void takesPathsOfSockets(String path) {
        assertThat(new SocketPath(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a", "a/b", "//a", "/a/", "/a//b", "/.", "/a/./b", "/a/..", "/a\n", "/a\u0000b"})
    void refusesWhatIsNoPathOfASocket(String path) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new SocketPath(path));
    }

    @Test
    void countsTheBytesOfAPathAsTheKernelDoes() {
        String longest = "/" + "é".repeat(53);
        assertThat(new SocketPath(longest).text()).hasSize(54);
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new SocketPath(longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "Office.Example", "_ldap._tcp", "a-b.c", "9.example", "x"})
    void takesDomainNamesInLowerCase(String name) {
        assertThat(DomainName.parse(name).text()).isEqualTo(name.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", ".a", "-a", "a-", "a b", "a,b", "a\nb", "bücher", "a/b", "*.a"})
    void refusesWhatIsNoDomainName(String name) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> DomainName.parse(name));
    }

    @Test
    void holdsDomainNamesToTheirLengths() {
        String label = "a".repeat(63);
        assertThat(DomainName.parse(label).text()).hasSize(63);
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> DomainName.parse(label + "a"));
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(DomainName.parse(longest).text()).hasSize(253);
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> DomainName.parse(longest + "a"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 65536", "2, 1"})
    void refusesImpossiblePorts(int first, int last) {
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new PortRange(first, last));
    }

    @Test
    void countsTheAddressesOfARange() {
        Randomness.check(3_000, random -> {
            IpAddress one = Addresses.random(random);
            IpAddress other = random.nextBoolean() ? Addresses.random(random) : one.masked(random.nextInt(129));
            boolean ordered = one.family() == other.family() && one.compareTo(other) <= 0;
            if (!ordered) {
                assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new AddressRange(one, other));
                return;
            }
            BigInteger size =
                    Addresses.number(other).subtract(Addresses.number(one)).add(BigInteger.ONE);
            BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
            assertThat(BigInteger.valueOf(new AddressRange(one, other).size())).isEqualTo(size.min(most));
            assertThat(new AddressRange(one, other).contains(one)).isTrue();
            assertThat(new AddressRange(one, other).contains(other)).isTrue();
        });
    }

    @Test
    void refusesARangeOfNumbersThatGoesBackwards() {
        assertThat(new IntegerRange(1, 3)).hasToString("1..3");
        assertThat(new IntegerRange(7, 7)).hasToString("7");
        assertThatExceptionOfType(LiteralException.class).isThrownBy(() -> new IntegerRange(3, 1));
    }
}
