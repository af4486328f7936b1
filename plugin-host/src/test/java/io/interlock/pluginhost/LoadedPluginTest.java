package io.interlock.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LoadedPluginTest {

    private static final String API = "2.1.0";

    @TempDir
    private Path folder;

    private static LoadedPlugin load(Path jar) throws UnusablePluginException, IOException {
        return LoadedPlugin.load(jar, PluginManifest.read(jar), API);
    }

    @Test
    void aPluginSeesTheApiAndTheJdkAndNothingElseOfItsHost() throws Exception {
        try (LoadedPlugin plugin = load(new PluginJarBuilder("good").buildIn(folder))) {
            ClassLoader loader = plugin.classLoader();
            assertThat(loader.loadClass("io.interlock.api.topology.Topology"))
                    .isSameAs(io.interlock.api.topology.Topology.class);
            assertThat(loader.loadClass("java.net.http.HttpClient")).isNotNull();
            for (String hidden : new String[] {
                "io.interlock.pluginhost.LoadedPlugin",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.junit.jupiter.api.Test"
            }) {
                assertThatThrownBy(() -> loader.loadClass(hidden))
                        .as(hidden)
                        .isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void aPluginDoesNotFindTheHostsFiles() throws Exception {
        try (LoadedPlugin plugin = load(new PluginJarBuilder("good").buildIn(folder))) {
            assertThat(plugin.classLoader()
                            .getResource("META-INF/maven/com.fasterxml.jackson.core/jackson-databind/pom.xml"))
                    .isNull();
            assertThat(plugin.classLoader().getResource("io/interlock/api/version.properties"))
                    .isNull();
        }
    }

    @Test
    void aPluginUsesItsOwnCopyOfALibraryThatTheHostHasToo() throws Exception {
        byte[] junk = "not a class".getBytes(StandardCharsets.UTF_8);
        Path jar = new PluginJarBuilder("own")
                .with("com/fasterxml/jackson/databind/ObjectMapper.class", junk)
                .buildIn(folder);
        try (LoadedPlugin plugin = load(jar)) {
            assertThatThrownBy(() -> plugin.classLoader().loadClass("com.fasterxml.jackson.databind.ObjectMapper"))
                    .isInstanceOf(ClassFormatError.class);
        }
    }

    @Test
    void aPluginThatBundlesTheApiGetsTheHosts() throws Exception {
        Path jar = new PluginJarBuilder("bundling")
                .with("io/interlock/api/topology/Topology.class", new byte[] {1, 2, 3})
                .buildIn(folder);
        try (LoadedPlugin plugin = load(jar)) {
            assertThat(plugin.classLoader().loadClass("io.interlock.api.topology.Topology"))
                    .isSameAs(io.interlock.api.topology.Topology.class);
        }
        assertThat(JarInspection.of(jar).flaw().orElseThrow()).contains("io.interlock.api.topology.Topology");
    }

    @Test
    void twoVersionsOfOnePluginAreLoadedAtOnce() throws Exception {
        Path one = new PluginJarBuilder("x").version("1.0.0").file("one.jar").buildIn(folder);
        Path two = new PluginJarBuilder("x").version("2.0.0").file("two.jar").buildIn(folder);
        try (LoadedPlugin older = load(one);
                LoadedPlugin newer = load(two)) {
            assertThat(older.factory().getClass()).isNotSameAs(newer.factory().getClass());
            assertThat(newer.manifest().compareVersion(older.manifest())).isPositive();
        }
    }

    @Test
    void aRangeThatTheApiIsNotInIsRefused() throws Exception {
        for (String range : new String[] {">=3.0.0", "<2.1.0", "2.0.x"}) {
            Path jar = new PluginJarBuilder("x").requires(range).buildIn(folder);
            assertThatThrownBy(() -> load(jar))
                    .as(range)
                    .isInstanceOf(UnusablePluginException.class)
                    .hasMessageContainingAll(range, API);
        }
    }

    @Test
    void aRangeThatTheApiIsInIsAccepted() throws Exception {
        for (String range : new String[] {">=2.0.0 & <3.0.0", "2.x", "*", "2.1.0"}) {
            load(new PluginJarBuilder("x").requires(range).buildIn(folder)).close();
        }
    }

    @Test
    void aManifestThatSaysWhatItMustNotIsRefusedWithWhatIsExpected() throws Exception {
        Path none = Files.write(folder.resolve("none.jar"), emptyJar());
        assertThatThrownBy(() -> PluginManifest.read(none)).hasMessageContaining("no Plugin-Id");
        Path version = new PluginJarBuilder("x").version("one").buildIn(folder);
        assertThatThrownBy(() -> PluginManifest.read(version)).hasMessageContaining("Plugin-Version");
        Path range = new PluginJarBuilder("x").requires("=>2").buildIn(folder);
        assertThatThrownBy(() -> PluginManifest.read(range)).hasMessageContaining("Plugin-Requires");
    }

    private static byte[] emptyJar() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        new java.util.jar.JarOutputStream(bytes, new java.util.jar.Manifest()).close();
        return bytes.toByteArray();
    }

    @Test
    void whatIsMissingInTheIndexIsNamed() throws Exception {
        Path bare = new PluginJarBuilder("bare").withoutIndex().buildIn(folder);
        assertThat(JarInspection.of(bare).extensions()).isEmpty();
        assertThatThrownBy(() -> load(bare)).hasMessageContainingAll("@Extension", "META-INF/extensions.idx");
        Path dangling = new PluginJarBuilder("dangling")
                .withoutIndex()
                .with("META-INF/extensions.idx", "# by hand\nplug.Gone\n".getBytes(StandardCharsets.UTF_8))
                .buildIn(folder);
        assertThat(JarInspection.of(dangling).missing()).containsExactly("plug.Gone");
        assertThatThrownBy(() -> load(dangling)).hasMessageContaining("plug.Gone");
    }

    @Test
    void aPluginThatWasBuiltAgainstAnotherApiIsRefusedWithTheMissingName() throws Exception {
        Path jar = new PluginJarBuilder("old")
                .factory("if (true) throw new NoSuchMethodError(\"Topology.oldName()\");")
                .buildIn(folder);
        assertThatThrownBy(() -> load(jar)).hasMessageContainingAll("Topology.oldName()", "API " + API);
    }

    @Test
    void aFileThatIsNotWholeIsNoJar() throws Exception {
        Path jar = new PluginJarBuilder("x").buildIn(folder);
        byte[] whole = Files.readAllBytes(jar);
        Path half = Files.write(folder.resolve("half.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> JarInspection.of(half)).isInstanceOf(IOException.class);
        byte[] damaged = whole.clone();
        damaged[whole.length / 3] ^= 0x55;
        Path other = Files.write(folder.resolve("damaged.jar"), damaged);
        assertThatThrownBy(() -> JarInspection.of(other)).isInstanceOf(IOException.class);
    }

    @Test
    void aJarThatUnpacksToTooMuchIsNotRead() throws Exception {
        Path bomb = folder.resolve("bomb.jar");
        byte[] part = new byte[1 << 20];
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(bomb))) {
            out.setLevel(Deflater.BEST_SPEED);
            for (int entry = 0; entry < 2; entry++) {
                out.putNextEntry(new JarEntry("entry" + entry));
                for (long left = JarInspection.MAX_CONTENT / 2 + 1; left > 0; left -= part.length) {
                    out.write(part);
                }
            }
        }

        assertThatThrownBy(() -> JarInspection.of(bomb))
                .isInstanceOf(IOException.class)
                .hasMessage("it unpacks to more than 536870912 bytes");
    }
}
