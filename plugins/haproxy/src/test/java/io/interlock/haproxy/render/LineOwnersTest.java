package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.quarantine.ConfigPart;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LineOwnersTest {

    private static final Path FOLDER = Path.of("/var/lib/interlock/haproxy");

    private GoldenInput input = GoldenInput.parse("""
            spares 2
            backend a
              option http-no-delay
              check http GET /health
              server a1 10.0.0.1 80
              server a2 10.0.0.2 80
            backend b
              server b1 10.0.0.3 80
            """);

    @Test
    void eachLineOfABackendIsThereForTheSmallestPart() throws Exception {
        Map<String, ConfigPart> owners = owners(BuiltInTemplate.get());

        assertThat(owners)
                .containsEntry("backend a", new ConfigPart.WholeBackend("a"))
                .containsEntry("option http-no-delay", new ConfigPart.Directive("a", "option http-no-delay"))
                .containsEntry("option httpchk", new ConfigPart.Check("a"))
                .containsEntry(
                        "http-check send meth GET uri-lf %[be_name,map_str(" + FOLDER + "/checks.map)]",
                        new ConfigPart.Check("a"))
                .containsEntry("backend b", new ConfigPart.WholeBackend("b"));
        assertThat(servers(owners))
                .containsExactly(
                        new ConfigPart.Server("a", "a1"),
                        new ConfigPart.Server("a", "a2"),
                        new ConfigPart.Server("b", "b1"));
        assertThat(owners).doesNotContainKeys("global", "defaults", "mode http", "backend interlock.spare-0001");
    }

    @Test
    void theUsersOfABackendAreThereForIt() throws Exception {
        String hash = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";
        input = GoldenInput.parse("""
                backend a
                  server a1 10.0.0.1 80
                backend b
                  policy users alice:%s
                  server b1 10.0.0.3 80
                """.formatted(hash));

        assertThat(owners(BuiltInTemplate.get()).entrySet())
                .filteredOn(
                        line -> line.getKey().contains(hash) || line.getKey().startsWith("userlist"))
                .hasSize(2)
                .extracting(Map.Entry::getValue)
                .containsOnly(new ConfigPart.WholeBackend("b"));
    }

    @Test
    void anOwnTemplateMayNameThemWhereverItLikes() throws Exception {
        Map<String, ConfigPart> owners = owners(ConfigTemplate.compile("mine", """
                frontend f
                {{#backends}}
                    use_backend {{name}} if { hdr(host) {{name}} }
                {{/backends}}
                    default_backend d
                {{#backends}}
                backend {{name}}
                    balance first
                {{#servers}}{{#-first}}    # first
                {{/-first}}    server {{name}} {{address}}
                    # after {{name}}
                {{/servers}}
                {{/backends}}
                backend d
                """));

        assertThat(owners)
                .containsEntry("use_backend a if { hdr(host) a }", new ConfigPart.WholeBackend("a"))
                .containsEntry("use_backend b if { hdr(host) b }", new ConfigPart.WholeBackend("b"))
                .containsEntry("server a1 10.0.0.1:80", new ConfigPart.Server("a", "a1"))
                .containsEntry("# after a2", new ConfigPart.Server("a", "a2"))
                .containsEntry("# after b1", new ConfigPart.Server("b", "b1"))
                .doesNotContainKeys("frontend f", "default_backend d", "backend d");
    }

    @Test
    void whateverTheTopologyEveryServerAndDirectiveHasItsLine() throws Exception {
        long seed = new Random().nextLong();
        RandomTopologies topologies = new RandomTopologies(new Random(seed));
        RenderSettings settings = input.settings(FOLDER);
        ConfigTemplate template = BuiltInTemplate.get();
        ConfigRenderer renderer = new ConfigRenderer(settings);
        for (int i = 0; i < 50; i++) {
            DesiredConfig desired = new DesiredConfigFactory(settings).of(topologies.next(), template);
            List<String> lines =
                    renderer.render(desired, template).config().lines().toList();
            LineOwners owners = renderer.owners(desired, template);
            for (int line = 1; line <= lines.size(); line++) {
                String text = lines.get(line - 1).strip();
                Optional<ConfigPart> owner = owners.of(line);
                assertThat(owner.filter(part -> part instanceof ConfigPart.Server)
                                .map(part -> "server " + ((ConfigPart.Server) part).server() + " "))
                        .as("seed %d, topology %d, line %d: %s", seed, i, line, text)
                        .isEqualTo(Optional.of(text)
                                .filter(it -> it.startsWith("server ") && !it.startsWith("server interlock"))
                                .map(it -> it.substring(0, it.indexOf(' ', "server ".length()) + 1)));
            }
        }
    }

    private Map<String, ConfigPart> owners(ConfigTemplate template) throws Exception {
        RenderSettings settings = input.settings(FOLDER);
        ConfigRenderer renderer = new ConfigRenderer(settings);
        DesiredConfig desired = new DesiredConfigFactory(settings).of(input.topology(), template);
        List<String> lines = renderer.render(desired, template).config().lines().toList();
        LineOwners owners = renderer.owners(desired, template);
        Map<String, ConfigPart> byText = new TreeMap<>();
        for (int line = 1; line <= lines.size(); line++) {
            String text = lines.get(line - 1).strip();
            owners.of(line).ifPresent(part -> byText.put(text, part));
        }
        return byText;
    }

    private static List<ConfigPart> servers(Map<String, ConfigPart> owners) {
        List<ConfigPart> servers = new ArrayList<>();
        owners.forEach((text, part) -> {
            if (text.startsWith("server ")) {
                servers.add(part);
            }
        });
        return servers;
    }
}
