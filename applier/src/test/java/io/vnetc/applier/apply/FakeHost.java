// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Privileges;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A host whose kernel is a map, behind the same drivers' interface as a real one. */
public final class FakeHost {
    private final TreeMap<ResourceAddress, Resource> things = new TreeMap<>();
    private final Set<ResourceAddress> foreign = new HashSet<>();
    private final List<String> moves = new ArrayList<>();
    private final Paths paths;
    private long capabilities = -1;

    /** What the kernel makes of a resource that it is given. */
    private UnaryOperator<Resource> kernel = UnaryOperator.identity();

    private Optional<ResourceAddress> broken = Optional.empty();
    private Optional<ResourceAddress> halfDone = Optional.empty();
    private Optional<DriverException> blind = Optional.empty();
    private Set<Requirement> requirements = Set.of();

    public FakeHost(Paths paths) {
        this.paths = paths;
    }

    /** Another connection to the same host. */
    public HostAccess access() {
        HostContext context = new HostContext(paths, new Programs(), () -> new Privileges(capabilities));
        List<Driver<?>> drivers = new ArrayList<>();
        Kinds.TABLE.all().forEach(kind -> drivers.add(new FakeDriver<>(kind)));
        return new HostAccess(context, drivers, new Planner(Kinds.TABLE)::plan);
    }

    /** Somebody else makes something. */
    public FakeHost withForeign(Resource resource) {
        things.put(resource.address(), resource);
        foreign.add(resource.address());
        return this;
    }

    /** From now on, each move of this resource fails with nothing done. */
    public void breakMovesOf(ResourceAddress address) {
        broken = Optional.of(address);
    }

    /** The next move of this resource is made, and said to have failed. */
    public void failAfterMakingOnce(ResourceAddress address) {
        halfDone = Optional.of(address);
    }

    public void repair() {
        broken = Optional.empty();
        blind = Optional.empty();
        kernel = UnaryOperator.identity();
    }

    public void kernelMakesOfIt(UnaryOperator<Resource> change) {
        kernel = change;
    }

    public void cannotBeLookedAt(String words) {
        blind = Optional.of(new DriverException("cannot read the links", words, ""));
    }

    public void withoutPrivileges() {
        capabilities = 0;
    }

    public void require(Requirement requirement) {
        requirements = Set.of(requirement);
    }

    public void remove(ResourceAddress address) {
        things.remove(address);
    }

    public Map<ResourceAddress, Resource> things() {
        return new TreeMap<>(things);
    }

    /** What the drivers were asked to do, in order, as {@code + bridge/vbr-a}. */
    public List<String> moves() {
        return List.copyOf(moves);
    }

    private final class FakeDriver<R extends Resource> implements Driver<R> {
        private final Kind<R> kind;

        FakeDriver(Kind<R> kind) {
            this.kind = kind;
        }

        @Override
        public Kind<R> kind() {
            return kind;
        }

        @Override
        public void observe(Observation observation, StateBuilder into) throws DriverException {
            if (blind.isPresent()) {
                throw blind.get();
            }
            for (Resource resource : things.values()) {
                if (kind.type().isInstance(resource)) {
                    if (foreign.contains(resource.address())) {
                        into.foreign(resource);
                    } else {
                        into.owned(resource);
                    }
                }
            }
        }

        @Override
        public void move(Change<R> change, HostContext host) throws DriverException {
            ResourceAddress address = change.address();
            if (!Optional.ofNullable(things.get(address)).equals(change.before().map(Resource.class::cast))) {
                throw new AssertionError("asked to change %s from %s, but it is %s"
                        .formatted(address, change.before(), things.get(address)));
            }
            if (broken.equals(Optional.of(address))) {
                throw new DriverException("cannot move " + address, "EBUSY (Device or resource busy)", "Wait.");
            }
            moves.add((change.isCreate() ? "+ " : change.isDelete() ? "- " : "~ ") + address);
            change.after()
                    .ifPresentOrElse(after -> things.put(address, kernel.apply(after)), () -> things.remove(address));
            if (halfDone.equals(Optional.of(address))) {
                halfDone = Optional.empty();
                throw new DriverException("cannot finish " + address, "EIO (Input/output error)", "");
            }
        }

        @Override
        public Set<Requirement> requirements(List<Change<R>> changes) {
            return requirements;
        }
    }
}
