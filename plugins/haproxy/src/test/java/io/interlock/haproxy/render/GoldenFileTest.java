package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares each file of {@code golden/}: the input, a line of dashes, the expected output. The actual output is in
 * {@code target/golden/}. Each HAProxy validates it unless it is for a newer version. To add a case, write its input,
 * run the test, review the output, and copy it.
 */
@Tag("unit")
class GoldenFileTest {

    private static final Path EXPECTED = Path.of("src/test/resources/golden");
    private static final Path ACTUAL = Path.of("target/golden");
    private static final Path FOLDER = Path.of("/var/lib/interlock/haproxy");
    private static final String DASHES = "----------\n";

    @TempDir
    Path temp;

    @TestFactory
    List<DynamicTest> everyCaseIsRenderedAsExpected() throws IOException {
        return forEveryCase(this::checkText);
    }

    @TestFactory
    @Tag("haproxy")
    List<DynamicTest> haproxyTakesEveryCase() throws IOException {
        return forEveryCase(this::checkWithHaproxy);
    }

    private static List<DynamicTest> forEveryCase(ThrowingConsumer<Path> check) throws IOException {
        try (Stream<Path> files = Files.list(EXPECTED)) {
            return files.sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check.accept(file)))
                    .toList();
        }
    }

    private void checkText(Path file) throws Exception {
        String golden = Files.readString(file);
        String input = golden.split(DASHES, 2)[0];
        GoldenInput parsed = GoldenInput.parse(input);

        RenderedConfig rendered = render(parsed, parsed.settings(FOLDER));

        String actual = input + DASHES + show(rendered);
        Files.createDirectories(ACTUAL);
        Files.writeString(ACTUAL.resolve(file.getFileName()), actual);
        assertThat(actual).isEqualTo(golden);
    }

    private void checkWithHaproxy(Path file) throws Exception {
        GoldenInput parsed = GoldenInput.parse(Files.readString(file).split(DASHES, 2)[0]);
        for (String page : List.of("503.html", "502.html", "it's.html")) {
            Files.writeString(temp.resolve(page), "<p>sorry</p>");
        }
        RenderSettings here = parsed.settings(temp);
        for (RealHaproxy haproxy : RealHaproxy.all()) {
            if (haproxy.version().isAtLeast(here.version())) {
                haproxy.assertValid(render(parsed, here), temp);
                haproxy.assertValid(render(parsed, withSpares(here, haproxy.version())), temp);
            }
        }
    }

    /** The settings for a version, with everything that is declared before it is needed. */
    private static RenderSettings withSpares(RenderSettings settings, HaproxyVersion version) {
        return new RenderSettings(
                settings.proxy(),
                version,
                settings.layout(),
                settings.binds(),
                settings.threads(),
                settings.connectTryTimeout(),
                2,
                settings.waitForServer(),
                settings.hardStopAfter(),
                settings.tls(),
                settings.errorPages(),
                settings.tcpAddresses(),
                settings.connectionsPerClient(),
                settings.maxHeaderSize(),
                settings.clientPrefix(),
                settings.authServers());
    }

    private static RenderedConfig render(GoldenInput input, RenderSettings settings) throws Exception {
        ConfigTemplate template = BuiltInTemplate.get();
        DesiredConfig desired = new DesiredConfigFactory(settings).of(input.topology(), template);
        return new ConfigRenderer(settings).render(desired.with(input.peers()), template);
    }

    private static String show(RenderedConfig rendered) {
        String config = rendered.config().replace(rendered.revision(), "(revision)");
        String maps = rendered.maps().entrySet().stream()
                .filter(map -> !map.getValue().isEmpty())
                .map(map -> DASHES + map.getKey().getFileName() + ":\n" + map.getValue())
                .collect(Collectors.joining());
        String omissions = rendered.desired().backends().stream()
                .flatMap(backend -> backend.omissions().stream())
                .map(GoldenFileTest::show)
                .collect(Collectors.joining());
        return config + maps + (omissions.isEmpty() ? "" : DASHES + omissions);
    }

    private static String show(Omission omission) {
        return "omitted in " + omission.backendName() + ": " + omission.field() + " \"" + omission.value() + "\": "
                + omission.reason() + "\n";
    }
}
