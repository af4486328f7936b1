package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * HAProxy that validates rendered configurations.
 *
 * @param binary its program
 */
record RealHaproxy(Path binary) {

    /** All available HAProxies. */
    static List<RealHaproxy> all() {
        return HaproxyBinaries.all().stream().map(RealHaproxy::new).toList();
    }

    /** Asserts that HAProxy accepts the configuration without a message. */
    void assertValid(RenderedConfig rendered, Path folder) throws IOException, InterruptedException {
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            Files.writeString(map.getKey(), map.getValue());
        }
        for (CertificateSpec certificate : rendered.desired().certificates()) {
            Path pem = Path.of(certificate.path());
            Files.createDirectories(new HaproxyPaths(folder).certificates());
            Files.copy(anyPem(folder), pem, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(new HaproxyPaths(folder).serverStates(), "1\n");
        Path config = folder.resolve("proxy.conf");
        Files.writeString(config, rendered.config());
        Process process = start("-c", "-f", config.toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(binary + ": " + output + "\n" + rendered.config())
                .isZero();
        assertThat(output.lines())
                .as(binary + ": " + rendered.config())
                // HAProxy 3.4 warns when root starts it without a change of user, which depends on the user that runs
                // the tests.
                .filteredOn(line -> !line.contains("chroot"))
                // A configuration for an older version cannot say how scripts see a boolean.
                .filteredOn(line -> !line.contains("tune.lua.bool-sample-conversion")
                        && !line.contains("haproxy version is")
                        && !line.contains("path to executable is"))
                .noneMatch(line -> Stream.of("[NOTICE]", "[WARNING]", "[ALERT]").anyMatch(line::contains));
    }

    private static Path anyPem(Path folder) throws IOException {
        Path pems = folder.resolve("pems");
        Path pem = pems.resolve("any.pem");
        return Files.exists(pem) ? pem : new OpensslCertificates(pems).selfSigned("any.pem", "any");
    }

    HaproxyVersion version() throws IOException {
        String output = new String(start("-v").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return HaproxyVersion.parse(output).orElseThrow();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst(binary.toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
