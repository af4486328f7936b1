package io.interlock.app.config.reader;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.ConfigChange;
import io.interlock.app.config.ConfigDocument;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.NamedFiles;
import io.interlock.app.config.PluginSources;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.json.LocatedJson;
import io.interlock.app.config.json.LocatedJsonParser;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.key.ConfigValue;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.value.FilePathParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the configuration file, applies the command line and the environment, and checks everything. Only reads files:
 * starts nothing, writes nothing, sends no network requests. Thread-safe.
 */
public final class ConfigReader {

    private static final int LARGEST_FILE = 1 << 20;
    private static final String EXPECTED_FILE = "a configuration file";

    private static final Pattern DATA_DIR_IN_TEXT = Pattern.compile("\"data_dir\"\\s*:\\s*\"([^\"\\\\]*)\"");

    private final ProcessEnvironment environment;

    public ConfigReader(ProcessEnvironment environment) {
        this.environment = environment;
    }

    /**
     * @param file the configuration file; empty: every key has its default
     * @param overrides the overriding options of the command line
     * @return the configuration to run with, or all problems; never throws because of the content of a file, an option
     *     or a variable
     */
    public ConfigResult read(Optional<Path> file, CommandLineOverrides overrides) {
        return read(file, overrides, Optional.empty());
    }

    /** Returns the source that reads a file, with these options of the command line, again and again. */
    public ConfigSource source(Optional<Path> file, CommandLineOverrides overrides) {
        return new ConfigSource() {
            @Override
            public Optional<Path> file() {
                return file.map(environment.workingDirectory()::resolve);
            }

            @Override
            public ConfigResult readAgain(ConfigDocument running, Optional<Path> other) {
                return read(other.or(() -> file), overrides, Optional.of(running));
            }
        };
    }

    private ConfigResult read(Optional<Path> file, CommandLineOverrides overrides, Optional<ConfigDocument> running) {
        ConfigProblemCollector problems = new ConfigProblemCollector();
        Optional<String> text = file.flatMap(name -> text(name, problems));
        Optional<LocatedJson> document = file.isEmpty()
                ? Optional.of(new LocatedJson(JsonNodeFactory.instance.objectNode(), ConfigLocationIndex.none()))
                : text.flatMap(content -> LocatedJsonParser.parse(file.get().toString(), content, problems));
        LogVariableValidator.check(environment, problems);
        return document.map(json -> bind(json, base(file), overrides, running, problems))
                .orElseGet(() -> new ConfigResult.Invalid(problems.sorted(), probableDataDir(text, base(file))));
    }

    /** Returns the folder that a text names which is not JSON. */
    private Path probableDataDir(Optional<String> text, Path base) {
        return environment
                .variable(ConfigKeys.DATA_DIR.variable())
                .or(() -> text.map(DATA_DIR_IN_TEXT::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1)))
                .flatMap(name -> FilePathParser.parse(name, base).toOptional())
                .orElseGet(environment::dataDir);
    }

    private ConfigResult bind(
            LocatedJson json,
            Path base,
            CommandLineOverrides overrides,
            Optional<ConfigDocument> running,
            ConfigProblemCollector problems) {
        VariableLayer variables = new VariableLayer(environment, problems);
        SecretFileLayer secrets = new SecretFileLayer(base, problems);
        LocatedJson merged = secrets.over(variables.over(json));
        List<ConfigChange> nextStart =
                running.map(before -> RunningLayer.keep(merged, before.root())).orElse(List.of());
        ConfigSection root = ConfigSection.checked(
                merged.root(),
                JsonPaths.ROOT,
                ConfigKeys.ROOT,
                new ConfigValue.Source(merged.locations(), base, problems));
        Path dataDir = root.get(ConfigKeys.DATA_DIR).orElseGet(environment::dataDir);
        Path pluginsDir = root.get(ConfigKeys.PLUGINS_DIR).orElseGet(environment::pluginsDir);
        List<AccessLogConfig> accessLog = new AccessLogBinder(root, base).bind();
        ProxySettings plain = new ProxySettingsBinder(
                        root, overrides, environment.workingDirectory(), dataDir, problems)
                .bind(AccessLogConfig.settings(accessLog));
        Optional<HttpsConfig> https =
                root.get(ConfigKeys.TLS_OBJECT).map(new HttpsConfigBinder(dataDir, plain.port())::bind);
        List<EngineConfig> watched = new EngineConfigBinder(root, new EngineTlsBinder(base, problems))
                .bind(() -> new DockerEnvironment(environment, problems).engine());
        ProxySettings proxy = ProxySettingsBinder.with(https, plain);
        InterlockConfig config = new InterlockConfig(
                proxy,
                watched,
                pluginsDir,
                dataDir,
                https,
                root.get(ConfigKeys.UNKNOWN_ENGINE_LIMIT),
                new ContainerPolicyBinder(root, watched, proxy).bind(),
                dialects(root),
                accessLog,
                new PluginSources(root.valueOf(ConfigKeys.PLUGINS), base, environment.environment()),
                root.get(ConfigKeys.SERVICES_DIR),
                root.valueOf(ConfigKeys.SERVICES_RESOLVERS));
        if (!problems.isEmpty()) {
            return new ConfigResult.Invalid(problems.sorted(), dataDir);
        }
        Set<Path> files = new TreeSet<>(secrets.files());
        files.addAll(NamedFiles.of(config));
        return new ConfigResult.Valid(
                config,
                merged.locations(),
                variables.warnings(),
                new ConfigDocument(merged.root(), NamedFiles.digests(files)),
                nextStart);
    }

    private static List<String> dialects(ConfigSection root) {
        List<String> names = root.get(ConfigKeys.DIALECTS).orElse(List.of(ConfigKeys.OWN_DIALECT));
        if (!names.contains(ConfigKeys.OWN_DIALECT)) {
            root.wrong(
                    ConfigKeys.DIALECTS,
                    "a list with \"" + ConfigKeys.OWN_DIALECT + "\", whose fields always count",
                    String.join(", ", names));
        }
        return names.stream().distinct().toList();
    }

    /**
     * Returns the folder that relative paths of the file start from: its own folder, or the working directory if it is
     * not a regular file.
     */
    private Path base(Optional<Path> file) {
        return file.map(environment.workingDirectory()::resolve)
                .filter(Files::isRegularFile)
                .map(Path::getParent)
                .orElse(environment.workingDirectory());
    }

    private Optional<String> text(Path file, ConfigProblemCollector problems) {
        ConfigLocation place = new ConfigLocation.WholeFile(file.toString());
        Path path = environment.workingDirectory().resolve(file);
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
            problems.add(place, EXPECTED_FILE, FilePathParser.whyUnreadable(e));
            return Optional.empty();
        }
    }
}
