package io.interlock.app.config.reader;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.PluginSources;
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

/**
 * Reads the configuration file, applies the command line and the environment, and checks everything. Only reads files:
 * starts nothing, writes nothing, sends no network requests. Thread-safe.
 */
public final class ConfigReader {

    private static final int LARGEST_FILE = 1 << 20;
    private static final String EXPECTED_FILE = "a configuration file";

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
        ConfigProblemCollector problems = new ConfigProblemCollector();
        Optional<LocatedJson> document = file.isEmpty()
                ? Optional.of(new LocatedJson(JsonNodeFactory.instance.objectNode(), ConfigLocationIndex.none()))
                : text(file.get(), problems)
                        .flatMap(text -> LocatedJsonParser.parse(file.get().toString(), text, problems));
        LogVariableValidator.check(environment, problems);
        return document.map(json -> bind(json, base(file), overrides, problems))
                .orElseGet(() -> new ConfigResult.Invalid(problems.sorted()));
    }

    private ConfigResult bind(
            LocatedJson json, Path base, CommandLineOverrides overrides, ConfigProblemCollector problems) {
        VariableLayer variables = new VariableLayer(environment, problems);
        LocatedJson merged = new SecretFileLayer(base, problems).over(variables.over(json));
        ConfigSection root = ConfigSection.checked(
                merged.root(),
                JsonPaths.ROOT,
                ConfigKeys.ROOT,
                new ConfigValue.Source(merged.locations(), base, problems));
        Path dataDir = root.get(ConfigKeys.DATA_DIR).orElseGet(environment::dataDir);
        Path pluginsDir = root.get(ConfigKeys.PLUGINS_DIR).orElseGet(environment::pluginsDir);
        ProxySettings plain =
                new ProxySettingsBinder(root, overrides, environment.workingDirectory(), dataDir, problems).bind();
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
                new PluginSources(root.valueOf(ConfigKeys.PLUGINS), base, environment.environment()));
        return problems.isEmpty()
                ? new ConfigResult.Valid(config, merged.locations(), variables.warnings())
                : new ConfigResult.Invalid(problems.sorted());
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
