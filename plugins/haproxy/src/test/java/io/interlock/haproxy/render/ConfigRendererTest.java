package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.Topology;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ConfigRendererTest {

    private static final int TOPOLOGIES = 50;

    @TempDir
    Path folder;

    private final GoldenInput input = GoldenInput.parse("stats a b\nsyslog 127.0.0.1:514");

    @ParameterizedTest
    @Tag("haproxy")
    @MethodSource("io.interlock.haproxy.render.RealHaproxy#all")
    void whateverTheTopologyHaproxyTakesItWithoutAWord(RealHaproxy haproxy) throws Exception {
        GoldenInput input = GoldenInput.parse("version " + haproxy.version() + "\nstats a b\nsyslog 127.0.0.1:514");
        long seed = new Random().nextLong();
        RandomTopologies topologies = new RandomTopologies(new Random(seed));
        for (int i = 0; i < TOPOLOGIES; i++) {
            Topology topology = topologies.next();
            try {
                haproxy.assertValid(render(topology, input.settings(folder), BuiltInTemplate.get()), folder);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", topology " + i, e);
            }
        }
    }

    @Test
    void theSameTopologyGivesTheSameBytes() throws Exception {
        long seed = new Random().nextLong();
        Topology once = new RandomTopologies(new Random(seed)).next();
        Topology again = new RandomTopologies(new Random(seed)).next();

        assertThat(render(once)).as("seed " + seed).isEqualTo(render(again));
    }

    @Test
    void theRevisionTellsApartWhatDiffersInAMapOnly() throws Exception {
        String backend = "\nbackend b\nbackend c";

        RenderedConfig one =
                render(GoldenInput.parse("host a.com\nroute / b" + backend).topology());
        RenderedConfig other =
                render(GoldenInput.parse("host a.com\nroute / c" + backend).topology());

        assertThat(one.revision()).isNotEqualTo(other.revision());
        assertThat(one.config().replace(one.revision(), ""))
                .isEqualTo(other.config().replace(other.revision(), ""));
    }

    @Test
    void anOwnTemplateCannotLeaveOutWhatThePluginNeeds() throws Exception {
        RenderedConfig rendered = render(Topology.EMPTY, ConfigTemplate.compile("mine", "defaults\n    mode http"));

        assertThat(rendered.config())
                .contains("setenv INTERLOCK_REVISION " + rendered.revision(), "stats socket " + folder)
                .contains("    mode http\n\ndefaults\n", "\nfrontend interlock.health\n");
    }

    @Test
    void aVariableThatDoesNotExistIsNamedWithItsLine() throws Exception {
        ConfigTemplate template = ConfigTemplate.compile("mine", "global\n\n{{maxConections}}\n");

        assertThatThrownBy(() -> render(Topology.EMPTY, template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContainingAll("mine", "maxConections", "line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/with blank", "/data/with,comma", "/data/with(paren", "relative"})
    void aFolderThatCannotStandInTheConfigurationIsRefused(String path) {
        assertThatThrownBy(() -> new HaproxyPaths(Path.of(path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(path, "data_dir");
    }

    @Test
    void aFolderWhoseSocketsHaveTooLongPathsIsRefused() {
        assertThatThrownBy(() -> new HaproxyPaths(Path.of("/" + "a".repeat(80))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("bytes too long", "data_dir");
    }

    private RenderedConfig render(Topology topology) throws Exception {
        return render(topology, BuiltInTemplate.get());
    }

    private RenderedConfig render(Topology topology, ConfigTemplate template) throws TemplateException {
        return render(topology, input.settings(folder), template);
    }

    private static RenderedConfig render(Topology topology, RenderSettings settings, ConfigTemplate template)
            throws TemplateException {
        return new ConfigRenderer(settings).render(new DesiredConfigFactory(settings).of(topology, template), template);
    }
}
