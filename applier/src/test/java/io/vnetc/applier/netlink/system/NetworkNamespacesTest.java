// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkNamespacesTest {
    @Test
    void aNamespaceThatIsMadeAgainUnderItsNameHasAnotherCookie() throws Exception {
        long own = NetworkNamespaces.cookie();
        try (NetworkNamespace host = NetworkNamespace.create()) {
            long first = host.call(NetworkNamespaces::cookie);
            assertThat(first).isNotEqualTo(own).isEqualTo(host.call(NetworkNamespaces::cookie));
            outside("ip", "netns", "delete", host.name());
            outside("ip", "netns", "add", host.name());
            long[] second = new long[1];
            Thread inside = new Thread(() -> {
                try {
                    NetworkNamespaces.enter(host.path());
                    second[0] = NetworkNamespaces.cookie();
                } catch (SystemCallException e) {
                    throw new IllegalStateException(e);
                }
            });
            inside.start();
            inside.join();
            assertThat(second[0]).isNotIn(0L, first, own);
        }
        assertThat(NetworkNamespaces.cookie()).isEqualTo(own);
    }

    private static void outside(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void whatIsNoNamespaceIsAnError() {
        assertThatThrownBy(() -> NetworkNamespaces.enter(Path.of("/run/netns/vnet-test-none")))
                .hasMessage("cannot open /run/netns/vnet-test-none: ENOENT (No such file or directory)");
        assertThatThrownBy(() -> NetworkNamespaces.enter(Path.of("/proc/self/status")))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageStartingWith("cannot enter the network namespace /proc/self/status: EINVAL");
    }

    @Test
    void errorsHaveTheirNamesAndTexts() {
        assertThat(new Errno(1)).hasToString("EPERM (Operation not permitted)");
        assertThat(Errno.ERANGE).hasToString("ERANGE (Numerical result out of range)");
        assertThat(new Errno(11).name()).isEqualTo("EAGAIN");
        assertThat(new Errno(132)).hasToString("ERFKILL (Operation not possible due to RF-kill)");
        assertThat(new Errno(4095)).hasToString("errno 4095 (unknown error)");
    }
}
