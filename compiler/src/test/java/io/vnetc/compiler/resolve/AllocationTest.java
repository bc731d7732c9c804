// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** These names are on people's hosts: whoever changes one renames every bridge and tap that has it. */
final class AllocationTest {
    @Test
    void aShortNameIsTheOwnersOwn() {
        assertThat(Allocation.bridge("office")).hasToString("vbr-office");
        assertThat(Allocation.bridge("accounting1")).hasToString("vbr-accounting1");
        assertThat(Allocation.tap("web", "eth0")).hasToString("vt-web-eth0");
        assertThat(Allocation.tap("spine12", "swp1")).hasToString("vt-spine12-swp1");
    }

    @Test
    void aLongNameIsCutAndTellsItsOwnerByAHash() {
        assertThat(Allocation.bridge("accounting-2")).hasToString("vbr-accou-deudb");
        assertThat(Allocation.bridge("accounting-3")).hasToString("vbr-accou-vmrbw");
        assertThat(Allocation.tap("database-primary", "eth0")).hasToString("vt-databa-snzwk");
    }

    @Test
    void aNameOfAnyLengthFitsTheKernel() {
        for (int length = 1; length <= 63; length++) {
            String name = "a.-_".repeat(16).substring(0, length);
            assertThat(Allocation.bridge(name).text()).hasSizeBetween(5, InterfaceName.MAX_LENGTH);
            assertThat(Allocation.tap(name, name).text()).hasSizeBetween(6, InterfaceName.MAX_LENGTH);
        }
    }

    @Test
    void aMacIsLocalAndUnicast() {
        // printf mac:vm/web/eth0 | sha256sum
        assertThat(Allocation.mac(Owner.nic("web", "eth0"))).isEqualTo(MacAddress.parse("52:54:d8:22:14:85"));
        assertThat(Allocation.mac(Owner.network("office"))).hasToString("52:54:32:bc:02:16");
    }

    @Test
    void longNamesAndMacsOfThousandsDiffer() {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(Allocation.bridge("accounting-" + i))).isTrue();
            assertThat(seen.add(Allocation.mac(Owner.network("accounting-" + i))))
                    .isTrue();
            assertThat(seen.add(Allocation.tap("database-" + i, "eth0"))).isTrue();
            assertThat(seen.add(Allocation.mac(Owner.nic("database-" + i, "eth0"))))
                    .isTrue();
        }
    }
}
