package io.interlock.app.config.reader;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineTls;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.EngineAddressParser;
import io.interlock.app.config.value.FilePathParser;
import io.interlock.app.config.value.ParsedValue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Determines the engine that the {@code docker} command would use: by the variables DOCKER_HOST, DOCKER_TLS_VERIFY and
 * DOCKER_CERT_PATH, otherwise the local socket. Does not support TLS without verification of the engine.
 */
final class DockerEnvironment {

    private static final String HOST = "DOCKER_HOST";
    private static final String VERIFY = "DOCKER_TLS_VERIFY";
    private static final String CERTIFICATES = "DOCKER_CERT_PATH";

    private final ProcessEnvironment environment;
    private final EngineTlsBinder tls;
    private final ConfigProblemCollector problems;

    DockerEnvironment(ProcessEnvironment environment, ConfigProblemCollector problems) {
        this.environment = environment;
        this.tls = new EngineTlsBinder(environment.workingDirectory(), problems);
        this.problems = problems;
    }

    EngineConfig engine() {
        boolean verify = environment.variable(VERIFY).isPresent();
        URI address =
                environment.variable(HOST).map(text -> address(text, verify)).orElse(EngineAddressParser.LOCAL);
        EngineTls material = verify && !address.getScheme().equals("unix") ? certificates() : EngineTls.NONE;
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

    /** Parses the address. As in {@code docker}, certificates in the environment do not apply to a unix socket. */
    private URI address(String text, boolean verify) {
        boolean network = !text.startsWith("unix:");
        return switch (EngineAddressParser.parse(text, verify && network)) {
            case ParsedValue.Good<URI> good -> good.value();
            case ParsedValue.Bad<URI> bad -> {
                problems.add(
                        new ConfigLocation.Variable(HOST), bad.expected(), ConfigValueFormatter.text(text), bad.hint());
                yield EngineAddressParser.LOCAL;
            }
        };
    }

    private EngineTls certificates() {
        ConfigLocation place =
                new ConfigLocation.Variable(environment.variable(CERTIFICATES).isPresent() ? CERTIFICATES : VERIFY);
        Optional<Path> folder = environment
                .variable(CERTIFICATES)
                .or(() -> environment.variable("DOCKER_CONFIG"))
                .or(() -> environment.variable("HOME").map(home -> home + "/.docker"))
                .flatMap(text -> FilePathParser.parse(text, environment.workingDirectory())
                        .toOptional());
        if (folder.isEmpty()) {
            problems.add(place, "the path of the folder of ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH", "none");
            return EngineTls.NONE;
        }
        return tls.bind(
                existing(place, folder.get().resolve("cert.pem")),
                existing(place, folder.get().resolve("key.pem")),
                Optional.of(new EngineTlsBinder.LocatedText(
                        place, folder.get().resolve("ca.pem").toString())));
    }

    private static Optional<EngineTlsBinder.LocatedText> existing(ConfigLocation place, Path file) {
        return Files.exists(file)
                ? Optional.of(new EngineTlsBinder.LocatedText(place, file.toString()))
                : Optional.empty();
    }
}
