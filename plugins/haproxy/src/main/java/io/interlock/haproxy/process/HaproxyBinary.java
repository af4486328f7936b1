package io.interlock.haproxy.process;

import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.haproxy.render.HaproxyVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An HAProxy that can be run.
 *
 * @param path absolute, executable
 * @param version what it says it is
 */
public record HaproxyBinary(Path path, HaproxyVersion version) {

    private static final String NAME = "haproxy";
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/sbin");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String INSTALL = "install HAProxy " + HaproxyVersion.MINIMUM
            + " or newer (Debian, Ubuntu: apt-get install haproxy), or name it with plugins.haproxy.binary";

    /**
     * Finds HAProxy and asks for its version.
     *
     * @param configured where the operator says it is; empty: on the path or where it usually is
     * @throws LoadBalancerUnavailableException if there is none, or it is too old
     */
    public static HaproxyBinary find(Optional<Path> configured)
            throws LoadBalancerUnavailableException, InterruptedException {
        Path path = configured.isPresent() ? configured.get().toAbsolutePath() : search();
        if (!isExecutable(path)) {
            throw new LoadBalancerUnavailableException(path + " is not a program that can be run; " + INSTALL);
        }
        HaproxyVersion version = version(path);
        if (!version.isAtLeast(HaproxyVersion.MINIMUM)) {
            throw new LoadBalancerUnavailableException(
                    path + " is HAProxy " + version + ", which cannot be reloaded without losing requests; " + INSTALL);
        }
        return new HaproxyBinary(path, version);
    }

    private static Path search() throws LoadBalancerUnavailableException {
        Stream<String> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .filter(folder -> folder.startsWith("/"));
        return Stream.concat(onPath, USUAL_FOLDERS.stream())
                .map(folder -> Path.of(folder, NAME))
                .filter(HaproxyBinary::isExecutable)
                .findFirst()
                .orElseThrow(() -> new LoadBalancerUnavailableException("there is no HAProxy here; " + INSTALL));
    }

    private static boolean isExecutable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static HaproxyVersion version(Path path) throws LoadBalancerUnavailableException, InterruptedException {
        try {
            CommandRunner.Outcome outcome = CommandRunner.run(List.of(path.toString(), "-v"), TIMEOUT);
            return HaproxyVersion.parse(outcome.output())
                    .orElseThrow(() -> new LoadBalancerUnavailableException(
                            path + " does not tell the version of an HAProxy when run with -v; " + INSTALL));
        } catch (IOException e) {
            throw new LoadBalancerUnavailableException(path + " cannot be run: " + e.getMessage() + "; " + INSTALL, e);
        }
    }
}
