// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.kind.HtbClass.Queue;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HtbClassTest {
    @Test
    void aBurstThatWasRoundedIsNotRoundedAgain() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long rate = Math.max(1, random.nextLong() >>> (20 + random.nextInt(43)));
            long burst = 1 + (random.nextLong() >>> (33 + random.nextInt(30)));
            long rounded = HtbClass.rounded(burst, rate);
            assertThat(HtbClass.rounded(rounded, rate))
                    .as("burst %d at %d (seed %d)", burst, rate, seed)
                    .isEqualTo(rounded);
            assertThat(HtbClass.burst(HtbClass.ticks(rounded, rate), rate))
                    .as("burst %d at %d as the kernel keeps it (seed %d)", burst, rate, seed)
                    .isEqualTo(rounded);
        }
    }

    @Test
    void aBurstIsNeverLessThanWasAskedWhereTheKernelCanCountIt() {
        assertThat(HtbClass.rounded(15_000, 12_500_000)).isEqualTo(15_000);
        assertThat(HtbClass.rounded(4_096, 1_000)).isEqualTo(4_096);
        assertThat(HtbClass.rounded(3_200, 125_000_000_000L)).isEqualTo(8_000);
        // 2^32 ticks are not quite 275 s.
        assertThat(HtbClass.rounded(1_000_000, 1_000)).isEqualTo(274_877);
    }

    @Test
    void aClassIsReadFromTheLineThatItWrites() {
        HtbClass leaf = new HtbClass(0x10ab, 1, 1, 2, 3, 4, 5, Optional.of(new Queue("bfifo", 131_072)));
        assertThat(leaf).hasToString("10ab in 1 rate 1 ceil 2 burst 3 cburst 4 quantum 5 queue bfifo 131072");
        for (HtbClass one : new HtbClass[] {
            leaf,
            new HtbClass(1, 0, 1, 2, 3, 4, 0, Optional.empty()),
            new HtbClass(0xffff, 0xfffe, 1, 2, 3, 4, 5, Optional.of(new Queue("fq_codel", 0)))
        }) {
            assertThat(HtbClass.parse(one.toString())).isEqualTo(one);
        }
        assertThatThrownBy(() -> HtbClass.parse("1 rate 1")).isInstanceOf(MalformedStateException.class);
        assertThatThrownBy(() -> HtbClass.parse("0 rate 1 ceil 1 burst 1 cburst 1"))
                .isInstanceOf(MalformedStateException.class);
    }

    @Test
    void aFilterIsReadFromTheLineThatItWrites() {
        for (MacFilter one : new MacFilter[] {
            MacFilter.of(MacFilter.Side.DST, MacAddress.parse("52:54:00:12:34:56"), 0x10ab),
            MacFilter.of(MacFilter.Side.SRC, MacAddress.parse("52:54:00:12:34:56"), 1),
            MacFilter.other("pref 1 fw 1", 0)
        }) {
            assertThat(MacFilter.parse(one.toString())).isEqualTo(one);
        }
        assertThatThrownBy(() -> MacFilter.parse("dst 52:54:00 1")).isInstanceOf(MalformedStateException.class);
    }

    @Test
    void anIfbIsNamedAfterItsLink() {
        assertThat(Ifb.nameFor(new InterfaceName("vt-web-eth0"))).hasToString("vi-web-eth0");
        assertThat(Ifb.nameFor(new InterfaceName("vbr-office"))).hasToString("vib-office");
        assertThat(Ifb.nameFor(new InterfaceName("br0"))).hasToString("vi-br0");
        String first = Ifb.nameFor(new InterfaceName("abcdefghijklmn1")).text();
        String second = Ifb.nameFor(new InterfaceName("abcdefghijklmn2")).text();
        assertThat(first).startsWith("vi-abcdef-").hasSize(15).isNotEqualTo(second);
    }
}
