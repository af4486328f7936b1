package io.interlock.haproxy.process;

import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Program of HAProxy.
 *
 * @param path absolute, executable
 * @param version that the program reports
 * @param features that it was built with, in HAProxy's notation, for example {@code THREAD} and {@code OPENSSL}
 */
public record HaproxyBinary(Path path, HaproxyVersion version, Set<String> features) {

    private static final Pattern FEATURES = Pattern.compile("(?m)^Feature list : (.*)$");
    private static final String NAME = "haproxy";
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/sbin");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String INSTALL = "install HAProxy " + HaproxyVersion.MINIMUM
            + " or newer (Debian, Ubuntu: apt-get install haproxy), or name it with plugins.haproxy.binary";

    public HaproxyBinary {
        features = Set.copyOf(features);
    }

    /** Whether a worker can have more than one thread. */
    public boolean hasThreads() {
        return features.contains("THREAD");
    }

    /** Whether HAProxy supports TLS. */
    public boolean hasTls() {
        return features.contains("OPENSSL");
    }

    /** Whether HAProxy runs scripts in Lua. */
    public boolean hasLua() {
        return features.contains("LUA");
    }

    /** Whether HAProxy supports HTTP/3. */
    public boolean hasQuic() {
        return features.contains("QUIC");
    }

    /**
     * Finds HAProxy and reads its version and features.
     *
     * @param configured the path that the operator configured; empty: searched on the path and in the usual folders
     * @throws LoadBalancerUnavailableException if there is none, or if it is too old
     */
    public static HaproxyBinary find(Optional<Path> configured)
            throws LoadBalancerUnavailableException, InterruptedException {
        Path path = configured.isPresent() ? configured.get().toAbsolutePath() : search();
        if (!isExecutable(path)) {
            throw new LoadBalancerUnavailableException(path + " is not a program that can be run; " + INSTALL);
        }
        return parse(path, ask(path));
    }

    /**
     * Parses the output of {@code haproxy -vv}.
     *
     * @throws LoadBalancerUnavailableException if the version is too old, or if this is not the output of HAProxy
     */
    static HaproxyBinary parse(Path path, String output) throws LoadBalancerUnavailableException {
        HaproxyVersion version = HaproxyVersion.parse(output)
                .orElseThrow(() -> new LoadBalancerUnavailableException(
                        path + " does not tell the version of an HAProxy when run with -vv; " + INSTALL));
        List<HaproxyFeature> missing = HaproxyFeature.missingIn(version);
        if (!missing.isEmpty()) {
            throw new LoadBalancerUnavailableException(
                    path + " is HAProxy " + version + ", which lacks what Interlock needs: "
                            + missing.stream().map(HaproxyFeature::toString).collect(Collectors.joining("; ")) + "; "
                            + INSTALL);
        }
        return new HaproxyBinary(path, version, features(output));
    }

    private static Set<String> features(String output) {
        Matcher list = FEATURES.matcher(output);
        return list.find()
                ? Stream.of(list.group(1).split(" "))
                        .filter(feature -> feature.startsWith("+"))
                        .map(feature -> feature.substring(1))
                        .collect(Collectors.toSet())
                : Set.of();
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

    private static String ask(Path path) throws LoadBalancerUnavailableException, InterruptedException {
        try {
            return ProgramRunner.run(List.of(path.toString(), "-vv"), TIMEOUT).output();
        } catch (IOException e) {
            throw new LoadBalancerUnavailableException(
                    path + " cannot be run: " + ErrorMessages.reason(e) + "; " + INSTALL, e);
        }
    }
}
