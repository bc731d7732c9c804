// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestImageTest {
    @TempDir
    private Path folder;

    @Test
    void isMadeOnce() {
        GuestImage image = GuestImage.cached();
        assertThat(image.kernel()).isRegularFile();
        assertThat(image.initrd()).isRegularFile();
        assertThat(GuestImage.cached()).isEqualTo(image);
    }

    @Test
    void withoutAnArchiveSaysWhatIsMissingAndLeavesNothingHalfMade() throws IOException, InterruptedException {
        Path nothing = Files.createDirectories(folder.resolve("no-lists"));
        Path configuration = Files.writeString(
                folder.resolve("apt.conf"),
                "Dir::State::lists \"%s\"; Dir::Cache::pkgcache \"\"; Dir::Cache::srcpkgcache \"\"; Dir::State::status \"/dev/null\";"
                        .formatted(nothing));
        Path cache = folder.resolve("cache");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", Resources.script("make-guest-image").toString(), cache.toString())
                .redirectErrorStream(true);
        builder.environment().put("APT_CONFIG", configuration.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("no guest kernel: apt knows no linux-image-amd64; run 'apt-get update'");
        assertThat(cache).isDirectoryNotContaining("glob:**/{guest,kernel,unpack,root}*");
    }
}
