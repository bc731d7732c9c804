// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.machine.MachinePackage;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.junit.jupiter.api.Test;

final class SettingCountsTest {
    @Test
    void saysOfEverySettingHowOftenItMayStand() {
        List<EStructuralFeature> many = Stream.of(VnetPackage.eINSTANCE, MachinePackage.eINSTANCE)
                .flatMap(each -> each.getEClassifiers().stream())
                .filter(EClass.class::isInstance)
                .flatMap(each -> ((EClass) each).getEStructuralFeatures().stream())
                .filter(EStructuralFeature::isMany)
                .toList();
        assertThat(SettingCounts.ONCE.keySet()).doesNotContainAnyElementsOf(SettingCounts.OFTEN);
        assertThat(many)
                .allSatisfy(feature -> assertThat(
                                SettingCounts.ONCE.containsKey(feature) || SettingCounts.OFTEN.contains(feature))
                        .as(feature.getEContainingClass().getName() + "." + feature.getName())
                        .isTrue());
    }
}
