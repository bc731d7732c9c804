// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes a picture of the host after every step, and keeps steps and pictures. */
final class StepWatch implements StepFault {
    /**
     * A step and the pictures around it.
     *
     * @param before as it was after the step before
     */
    record Seen(Step step, NamespaceSnapshot before, NamespaceSnapshot after) {}

    private final Supplier<NamespaceSnapshot> camera;
    private final List<Seen> seen = new ArrayList<>();
    private NamespaceSnapshot last;

    StepWatch(Supplier<NamespaceSnapshot> camera) {
        this.camera = camera;
        this.last = camera.get();
    }

    @Override
    public void after(int index, Step step) {
        NamespaceSnapshot now = camera.get();
        seen.add(new Seen(step, last, now));
        last = now;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<Step> steps() {
        return seen.stream().map(Seen::step).toList();
    }

    void forEach(Consumer<Seen> check) {
        seen.forEach(check);
    }
}
