package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ProxySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the configuration file, lays the command line and the environment over it, and checks everything. Reads files
 * and nothing else: starts nothing, writes nothing, asks no network. Thread-safe.
 */
public final class ConfigReader {

    private static final int LARGEST_FILE = 1 << 20;
    private static final String EXPECTED_FILE = "a configuration file";
    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final Surroundings surroundings;

    public ConfigReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param file the configuration file; empty: every key has its default
     * @param overrides what the command line says instead
     * @return what to run with, or all that is wrong; never throws for what a file, an option or a variable holds
     */
    public ConfigResult read(Optional<Path> file, Overrides overrides) {
        Problems problems = new Problems();
        Optional<LocatedJson> document = file.isEmpty()
                ? Optional.of(new LocatedJson(JsonNodeFactory.instance.objectNode(), Locations.none()))
                : text(file.get(), problems)
                        .flatMap(text -> LocatingParser.parse(file.get().toString(), text, problems));
        LogVariables.check(surroundings, problems);
        return document.map(json -> bind(json, base(file), overrides, problems))
                .orElseGet(() -> new ConfigResult.Invalid(problems.sorted()));
    }

    private ConfigResult bind(LocatedJson json, Path base, Overrides overrides, Problems problems) {
        Section root = new Section(json.root(), JsonPaths.ROOT, json.locations(), problems);
        root.requireKnownKeys(Schema.ROOT);
        Path dataDir = folder(root, "data_dir", base).orElseGet(surroundings::dataDir);
        Path pluginsDir = folder(root, "plugins_dir", base).orElseGet(surroundings::pluginsDir);
        ProxyBinder proxy = new ProxyBinder(root, overrides, base, surroundings.workingDirectory(), dataDir, problems);
        EnginesBinder engines = new EnginesBinder(root, new TlsBinder(base, problems), problems);
        ProxySettings plain = proxy.bind();
        Optional<HttpsConfig> https = root.section("tls").map(new HttpsBinder(base, dataDir, plain.port())::bind);
        List<EngineConfig> watched = engines.bind(() -> new DockerEnvironment(surroundings, problems).engine());
        InterlockConfig config = new InterlockConfig(
                ProxyBinder.with(https, plain),
                watched,
                pluginsDir,
                dataDir,
                https,
                new TermsBinder(root, watched).bind(),
                plugins(root, json.locations(), problems));
        return problems.none()
                ? new ConfigResult.Valid(config, json.locations())
                : new ConfigResult.Invalid(problems.sorted());
    }

    private static Map<String, ObjectNode> plugins(Section root, Locations locations, Problems problems) {
        Map<String, ObjectNode> sections = new TreeMap<>();
        root.section("plugins")
                .ifPresent(plugins -> plugins.members().forEach((id, section) -> {
                    sections.put(id, section.object());
                    if (!PLUGIN_ID.matcher(id).matches()) {
                        problems.add(locations.ofKey(section.path()), "the id of a plugin", Shown.text(id));
                    }
                }));
        return sections;
    }

    /** A folder need not be there; but what is there must be one. */
    private static Optional<Path> folder(Section root, String key, Path base) {
        return root.parsed(
                key,
                FilePaths.EXPECTED,
                text -> FilePaths.parse(text, base)
                        .then(path -> Files.exists(path) && !Files.isDirectory(path)
                                ? Parsed.bad("the path of a folder", "it is a file")
                                : Parsed.good(path)));
    }

    /** Relative paths of a file start from its own folder; those of something that is no file, where we are. */
    private Path base(Optional<Path> file) {
        return file.map(surroundings.workingDirectory()::resolve)
                .filter(Files::isRegularFile)
                .map(Path::getParent)
                .orElse(surroundings.workingDirectory());
    }

    private Optional<String> text(Path file, Problems problems) {
        Place place = new Place.WholeFile(file.toString());
        Path path = surroundings.workingDirectory().resolve(file);
        if (Files.isDirectory(path)) {
            problems.add(place, EXPECTED_FILE, "a folder");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                problems.add(place, EXPECTED_FILE + " of at most " + LARGEST_FILE + " bytes", "a larger one");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException e) {
            problems.add(place, EXPECTED_FILE, FilePaths.whyUnreadable(e));
            return Optional.empty();
        }
    }
}
