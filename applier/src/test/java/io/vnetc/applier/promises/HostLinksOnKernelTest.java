// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.promises.ExampleHost.Result;
import io.vnetc.compiler.plan.Step;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links that the host makes, as far as the kernel of any machine has them: macvlan, macvtap, pairs, tun and tap. */
final class HostLinksOnKernelTest {
    private static final String LINKS = """
            host kvm1 {
              uplink lan  = cable0
              uplink wide = eno4 { mtu 1600  mac 52:54:00:11:22:33 }
              macvlan mv0 on eno4 {
                mode bridge
                mtu 1550
                address 192.168.7.5/24
                route 10.99.0.0/16 via 192.168.7.1
              }
              macvtap mt0 on eno4 { mode vepa }
              veth cable0 <-> cable1 { mtu 1400 }
              tun t0 { address 10.7.0.1/24  address 2001:db8:7::1/64 }
              tap tp0 { mac 52:54:00:aa:bb:cc  address 10.8.0.1/24 }
            }
            network office { forward bridge via lan { isolated }  bridge vbr-office { mtu 1400 } }
            """;

    private static final String OTHERS = """
            host kvm1 {
              uplink lan  = cable1
              uplink wide = eno4 { mtu 1560 }
              macvlan mv0 on eno4 {
                mode private
                mtu 1450
                address 192.168.7.5/24
                address 2001:db8:1::5/64
                route 10.99.0.0/16 via 192.168.7.2
              }
              veth cable0 <-> cable1 { mtu 1500  address 10.9.0.1/30 }
              tun t0 { mtu 1400  address 10.7.0.2/24 }
            }
            network office { forward bridge via lan  bridge vbr-office { mtu 1500 } }
            """;

    private ExampleHost host;

    @BeforeEach
    void makeHost() {
        host = ExampleHost.open();
        // Down and up, as it will be when it is given back.
        ExampleHost.shell(host.namespace(), "ip link set eno4 up");
    }

    @AfterEach
    void removeIt() {
        host.close();
    }

    @Test
    void are_made_changed_repaired_and_taken_away() {
        NamespaceSnapshot bare = host.snapshot();
        Source links = source(LINKS);
        host.apply(links);
        assertThat(show("mv0")).contains("mtu 1550", "macvlan mode bridge", "alias vnet:link/mv0");
        assertThat(show("mt0")).contains("mtu 1600", "macvtap mode vepa");
        assertThat(show("cable0")).contains("mtu 1400", "master vbr-office", "isolated on");
        assertThat(show("cable1")).contains("mtu 1400", "state UP").doesNotContain("master");
        assertThat(show("eno4")).contains("mtu 1600", "52:54:00:11:22:33");
        assertThat(host.namespace().exec("ip", "route"))
                .contains("10.99.0.0/16 via 192.168.7.1 dev mv0")
                .contains("10.7.0.0/24 dev t0");

        host.apply(source(OTHERS));
        assertThat(show("mv0")).contains("mtu 1450", "macvlan mode private");
        assertThat(show("cable1")).contains("mtu 1500", "master vbr-office").doesNotContain("isolated on");
        assertThat(show("cable0")).doesNotContain("master");
        assertThat(show("t0")).contains("mtu 1400");
        assertThat(host.namespace().exec("ip", "link")).doesNotContain("mt0", "tp0");

        for (String drift : List.of(
                "ip link set t0 mtu 1300",
                "ip link set mv0 down",
                "ip link set mv0 address 52:54:00:00:00:77",
                "ip link set mv0 type macvlan mode bridge",
                "ip address del 10.7.0.2/24 dev t0",
                "ip link set cable1 nomaster",
                "ip link set eno4 mtu 1480",
                "ip link del cable0")) {
            ExampleHost.shell(host.namespace(), drift);
            Result plan = host.run(
                    StepFault.NONE,
                    List.of(
                            "plan",
                            "--detailed-exitcode",
                            "--host",
                            "kvm1",
                            source(OTHERS).path().toString()));
            assertThat(plan.exit()).as(drift + plan.err() + plan.out()).isEqualTo(2);
            host.apply(source(OTHERS));
        }

        host.destroy();
        host.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void leave_all_as_it_was_where_a_step_fails() {
        failAtEach(fault -> host.apply(source(LINKS), fault));
        host.apply(source(LINKS));
        failAtEach(fault -> host.apply(source(OTHERS), fault));
        host.apply(source(OTHERS));
        failAtEach(host::destroy);
    }

    /** Every second one by turns before and after it. */
    private void failAtEach(Function<StepFault, Result> command) {
        NamespaceSnapshot before = host.snapshot();
        for (int step = 0; ; step += 2) {
            OneStep fault = new OneStep(step, step % 4 == 0);
            Result result = command.apply(fault);
            if (!fault.met) {
                result.requireExit(0, "no failure");
                assertThat(step).isGreaterThan(4);
                return;
            }
            result.requireExit(8, "the failure of step " + step);
            host.snapshot().since(before).requireNone("the failure of step " + step);
        }
    }

    private static final class OneStep implements StepFault {
        private final int at;
        private final boolean isAfter;
        private boolean met;

        private OneStep(int at, boolean isAfter) {
            this.at = at;
            this.isAfter = isAfter;
        }

        @Override
        public void before(int index, Step step) throws DriverException {
            fail(index, !isAfter);
        }

        @Override
        public void after(int index, Step step) throws DriverException {
            fail(index, isAfter);
        }

        private void fail(int index, boolean meant) throws DriverException {
            if (index == at && meant && !met) {
                met = true;
                throw new DriverException("this step fails", "a test wants it", "");
            }
        }
    }

    @Test
    void are_refused_before_the_first_step_where_the_kernel_lacks_their_type() {
        NamespaceSnapshot before = host.snapshot();
        Source source = source("""
                host kvm1 {
                  veth cable0 <-> cable1
                  bond bond0 of eno4 { mode active-backup }
                  vlan san on bond0 { tag 42 }
                }
                """);

        boolean lacks = host.namespace()
                .exec("sh", "-c", "ip link add has0 type bond 2>&1 || true; ip link del has0 2>/dev/null || true")
                .contains("Unknown device type");
        Result result = host.apply(source, StepFault.NONE);

        if (lacks) {
            result.requireExit(12, "a kernel without bonds");
            assertThat(result.err()).contains("links of the type bond in the kernel", "modprobe bonding");
            host.snapshot().since(before).requireNone("the refusal");
        } else {
            result.requireExit(0, "a kernel with bonds");
            host.requireNothingToDo(source);
            host.destroy();
        }
    }

    @Test
    void need_the_links_that_they_are_made_of() {
        Result result = host.apply(source("host kvm1 { bond b0 of eno9 }"), StepFault.NONE)
                .requireExit(1, "no eno9");
        assertThat(result.err()).contains("there is no interface `eno9`", "link eno9 as a member of b0");
    }

    @Test
    void are_refused_where_what_is_there_cannot_serve_them() {
        for (List<String> each : List.of(
                List.of("bond b0 of eno2", "eno2 has the address 203.0.113.2/24", "give it to the bond"),
                List.of("bond b0 of eno3", "is a port of br0 already", "nomaster"),
                List.of("macvlan m0 on eno4 { mtu 1600 }", "an MTU of 1500", "uplink ROLE = eno4 { mtu 1600 }"),
                List.of("veth eno1 <-> x0", "which vnetc did not make", "choose another"))) {
            Result result = host.apply(source("host kvm1 { " + each.get(0) + " }"), StepFault.NONE)
                    .requireExit(4, each.get(0));
            assertThat(result.err()).contains(each.get(1), each.get(2));
        }
    }

    private String show(String link) {
        return host.namespace().exec("ip", "-d", "link", "show", "dev", link);
    }

    private Source source(String text) {
        return Source.of("links", text, host.folder());
    }
}
