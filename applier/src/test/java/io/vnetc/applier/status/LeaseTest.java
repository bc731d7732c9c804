// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lease file of dnsmasq. */
final class LeaseTest {
    @Test
    void reads_both_families() {
        assertThat(Lease.parse("""
                        1900000000 52:54:00:00:00:01 10.20.1.100 web 01:52:54:00:00:00:01
                        0 52:54:00:00:00:02 10.20.1.101 * *
                        duid 00:01:00:01:2c:3d:4e:5f:52:54:00:00:00:09
                        1900000000 7340033 2001:db8:1::1000 web 00:04:7e:00:11:22
                        """))
                .containsExactly(
                        new Lease("10.20.1.100", "52:54:00:00:00:01", Optional.of("web"), 1_900_000_000),
                        new Lease("10.20.1.101", "52:54:00:00:00:02", Optional.empty(), 0),
                        new Lease("2001:db8:1::1000", "00:04:7e:00:11:22", Optional.of("web"), 1_900_000_000));
    }

    @Test
    void what_a_guest_calls_itself_gets_to_no_terminal_unless_it_is_a_name() {
        assertThat(Lease.parse("1 52:54:00:00:00:01 10.0.0.1 a\u001b[2J *\n"))
                .containsExactly(new Lease("10.0.0.1", "52:54:00:00:00:01", Optional.empty(), 1));
        assertThat(Lease.parse("1 \u001b[31m 10.0.0.1 web *"))
                .extracting(Lease::client)
                .containsExactly("?");
    }

    @Test
    void leaves_out_what_is_no_lease() {
        assertThat(Lease.parse("")).isEmpty();
        assertThat(Lease.parse("half a li\nx y z a b\n99999999999999999999 m 10.0.0.1 n c"))
                .isEmpty();
    }
}
