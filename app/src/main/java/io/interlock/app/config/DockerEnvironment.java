package io.interlock.app.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The engine that {@code docker} itself would talk to: the variables DOCKER_HOST, DOCKER_TLS_VERIFY and
 * DOCKER_CERT_PATH, else the local socket. TLS without verifying the engine does not exist here.
 */
final class DockerEnvironment {

    private static final String HOST = "DOCKER_HOST";
    private static final String VERIFY = "DOCKER_TLS_VERIFY";
    private static final String CERTIFICATES = "DOCKER_CERT_PATH";

    private final Surroundings surroundings;
    private final TlsBinder tls;
    private final Problems problems;

    DockerEnvironment(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.tls = new TlsBinder(surroundings.workingDirectory(), problems);
        this.problems = problems;
    }

    EngineConfig engine() {
        boolean verify = surroundings.variable(VERIFY).isPresent();
        URI address =
                surroundings.variable(HOST).map(text -> address(text, verify)).orElse(EngineAddress.LOCAL);
        Tls material = verify && !address.getScheme().equals("unix") ? certificates() : Tls.NONE;
        return new EngineConfig(
                ConfigKeys.ENGINE_ID.standardValue(),
                address,
                ConfigKeys.ENGINE_CPUS.standardValue(),
                ConfigKeys.ENGINE_MEMORY.standardValue(),
                List.of(),
                material.certificate(),
                material.key(),
                material.ca());
    }

    /** As {@code docker} has it, certificates in the environment do not matter to a unix socket. */
    private URI address(String text, boolean verify) {
        boolean network = !text.startsWith("unix:");
        return switch (EngineAddress.parse(text, verify && network)) {
            case Parsed.Good<URI> good -> good.value();
            case Parsed.Bad<URI> bad -> {
                problems.add(new Place.Variable(HOST), bad.expected(), Shown.text(text), bad.hint());
                yield EngineAddress.LOCAL;
            }
        };
    }

    private Tls certificates() {
        Place place = new Place.Variable(surroundings.variable(CERTIFICATES).isPresent() ? CERTIFICATES : VERIFY);
        Optional<Path> folder = surroundings
                .variable(CERTIFICATES)
                .or(() -> surroundings.variable("DOCKER_CONFIG"))
                .or(() -> surroundings.variable("HOME").map(home -> home + "/.docker"))
                .flatMap(text ->
                        FilePaths.parse(text, surroundings.workingDirectory()).toOptional());
        if (folder.isEmpty()) {
            problems.add(place, "the path of the folder of ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH", "none");
            return Tls.NONE;
        }
        return tls.bind(
                existing(place, folder.get().resolve("cert.pem")),
                existing(place, folder.get().resolve("key.pem")),
                Optional.of(new TlsBinder.Given(
                        place, folder.get().resolve("ca.pem").toString())));
    }

    private static Optional<TlsBinder.Given> existing(Place place, Path file) {
        return Files.exists(file) ? Optional.of(new TlsBinder.Given(place, file.toString())) : Optional.empty();
    }
}
