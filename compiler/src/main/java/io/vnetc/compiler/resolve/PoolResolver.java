// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.PciAddress;
import io.vnetc.dsl.vnet.PoolDevice;
import io.vnetc.dsl.vnet.Sriov;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Pools of devices. A device is in one pool of a host. */
final class PoolResolver {
    /** The number of functions in a PCI device's SR-IOV capability has 16 bits. */
    private static final int MOST_FUNCTIONS = 65_535;
    /** MODULE_NAME_LEN of include/linux/module.h on a machine of 64 bits, less the end of the string. */
    private static final Pattern DRIVER = Pattern.compile("[A-Za-z0-9_-]{1,55}");

    private final Resolution resolution;
    private final Placement placement;
    private final Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks;
    /** Where each device was named first: what it is, behind the host that has it. */
    private final Map<String, Placed<String>> taken = new HashMap<>();

    PoolResolver(Resolution resolution, Placement placement, Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.placement = placement;
        this.uplinks = uplinks;
    }

    Pool resolve(io.vnetc.dsl.vnet.Pool pool) {
        Optional<Placement.Scope> scope = placement.of(pool);
        if (scope.isEmpty()) {
            resolution.error(
                    DiagnosticCode.HOST_NOT_SAID,
                    resolution.name(pool),
                    "there are several hosts, and the pool `" + pool.getName() + "` does not say whose devices it has",
                    "write `pool " + pool.getName() + " on HOST`, with one of the hosts: " + placement.choices());
        }
        Optional<String> host = scope.flatMap(Placement.Scope::host);
        checkKinds(pool);
        Optional<String> driver = only(pool.getSriov())
                .flatMap(sriov -> driver(sriov, Literals.SRIOV__DRIVERS, sriov.getDrivers()))
                .or(() -> driver(pool, Literals.POOL__DRIVERS, pool.getDrivers()));
        List<Pool.Physical> physical = pool.getSriov().stream()
                .flatMap(sriov -> physical(pool, sriov, host).stream())
                .toList();
        List<PciAddress> devices = new ArrayList<>();
        for (PoolDevice device : pool.getDevices()) {
            resolution
                    .values()
                    .pciAddress(device, Literals.POOL_DEVICE__ADDRESS)
                    .ifPresent(address -> {
                        claim(pool, host, "the device " + address, () -> resolution.place(device));
                        devices.add(address);
                    });
        }
        Optional<String> model = driver(pool, Literals.POOL__MODELS, pool.getModels());
        if (model.isPresent() && !driver.orElse(Pool.VFIO).equals(Pool.VFIO)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(pool, Literals.POOL__MODELS),
                    "`model` is of the driver " + Pool.VFIO + ", and these devices are bound to " + driver.get(),
                    "remove it, or write `driver " + Pool.VFIO + "`");
        }
        return new Pool(
                pool.getName(),
                host,
                physical,
                devices,
                driver,
                model,
                PortResolver.toggle(pool.getManaged()).orElse(false),
                resolution.origin(pool));
    }

    private void checkKinds(io.vnetc.dsl.vnet.Pool pool) {
        if (!pool.getSriov().isEmpty() && !pool.getDevices().isEmpty()) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SETTING_NOT_HERE,
                            resolution.place(pool.getDevices().get(0)),
                            "the pool `" + pool.getName()
                                    + "` has the virtual functions of a link, and a device by its address as well")
                    .withHint("make two pools of them")
                    .withRelated(resolution.place(pool.getSriov().get(0)), "the link"));
        } else if (pool.getSriov().isEmpty() && pool.getDevices().isEmpty()) {
            resolution.error(
                    DiagnosticCode.MISSING_SETTING,
                    resolution.name(pool),
                    "the pool `" + pool.getName() + "` has no devices",
                    "add `sriov UPLINK` for the virtual functions of a link, or `pci ADDRESS` for each device");
        }
    }

    private Optional<Pool.Physical> physical(io.vnetc.dsl.vnet.Pool pool, Sriov sriov, Optional<String> host) {
        Optional<Integer> functions = only(sriov.getVfs())
                .flatMap(written ->
                        resolution.values().integer(written, 1, MOST_FUNCTIONS, "a number of virtual functions"))
                .map(Math::toIntExact);
        Optional<Uplink> uplink = Optional.ofNullable(uplinks.get(sriov.getUplink()));
        uplink.ifPresent(link -> claim(
                pool, host, "the link `" + link.role() + "`", () -> resolution.place(sriov, Literals.SRIOV__UPLINK)));
        return uplink.map(link -> new Pool.Physical(link.link(), functions));
    }

    private void claim(io.vnetc.dsl.vnet.Pool pool, Optional<String> host, String device, Supplier<SourceRange> where) {
        Placed<String> use = new Placed<>(device, "the pool `" + pool.getName() + "`", where);
        Placed<String> first = taken.putIfAbsent(host.orElse("") + " " + device, use);
        if (first != null) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.LINK_SHARED, use.place(), device + " is in " + first.owner() + " already")
                    .withHint("name it once; guests share a pool, and each gets a device of its own")
                    .withRelated(first.place(), "there"));
        }
    }

    private Optional<String> driver(EObject node, EStructuralFeature feature, List<String> names) {
        return only(names).filter(name -> {
            boolean matches = DRIVER.matcher(name).matches();
            if (!matches) {
                resolution.error(
                        DiagnosticCode.NAME_FORM,
                        resolution.place(node, feature),
                        "`" + name + "` is not the name of a driver",
                        "write it as the kernel has it, as in " + Pool.VFIO);
            }
            return matches;
        });
    }
}
