package io.interlock.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Builder of a plugin's jar from source, as a third party would build it. */
public final class PluginJarBuilder {

    private final String id;
    private String requires = ">=2.0.0";
    private boolean index = true;
    private String create = "return new Balancer();";
    private String apply = "return new ApplyResult.Unchanged(List.of());";
    private String configCheck = "";
    private String close = "";
    private String handOver = "close();";
    private String factory = "";
    private String members = "";
    private String type = "\"test\"";
    private String version = "1.0.0";
    private Optional<String> file = Optional.empty();
    private Optional<String> source = Optional.empty();
    private final Map<String, byte[]> more = new TreeMap<>();

    public PluginJarBuilder(String id) {
        this.id = id;
    }

    public PluginJarBuilder requires(String range) {
        requires = range;
        return this;
    }

    public PluginJarBuilder withoutIndex() {
        index = false;
        return this;
    }

    /**
     * Sets the whole source of the class {@code Factory} instead of that of a load balancer, with {@code PACKAGE} for
     * its package.
     */
    public PluginJarBuilder source(String text) {
        source = Optional.of(text);
        return this;
    }

    /** Sets the body of the factory's create method. */
    public PluginJarBuilder create(String body) {
        create = body;
        return this;
    }

    /** Sets the body of the load balancer's apply method. */
    public PluginJarBuilder apply(String body) {
        apply = body;
        return this;
    }

    /** Sets the body of the configuration record's compact constructor. */
    public PluginJarBuilder configCheck(String body) {
        configCheck = body;
        return this;
    }

    /** Sets the body of the load balancer's close method. */
    public PluginJarBuilder close(String body) {
        close = body;
        return this;
    }

    /** Sets the body of the load balancer's hand-over method. */
    public PluginJarBuilder handOver(String body) {
        handOver = body;
        return this;
    }

    /** Sets the body of the factory's constructor. */
    public PluginJarBuilder factory(String body) {
        factory = body;
        return this;
    }

    /** Sets the factory's type, as an expression. */
    public PluginJarBuilder type(String expression) {
        type = expression;
        return this;
    }

    /** Sets further members of the factory. */
    public PluginJarBuilder members(String source) {
        members = source;
        return this;
    }

    /** Returns members of a factory whose load balancer listens on this port. */
    public static String listeningOn(int port) {
        return "public Set<java.net.InetSocketAddress> listeners(Config config, ProxySettings settings) {"
                + " return Set.of(new java.net.InetSocketAddress(" + port + ")); }";
    }

    public PluginJarBuilder version(String number) {
        version = number;
        return this;
    }

    /** Sets the jar's file name, which is otherwise derived from the id. */
    public PluginJarBuilder file(String name) {
        file = Optional.of(name);
        return this;
    }

    /** Adds a file to the jar. */
    public PluginJarBuilder with(String name, byte[] content) {
        more.put(name, content);
        return this;
    }

    /** Builds the jar and moves it into the folder atomically, over an existing one. */
    public Path moveInto(Path folder) throws IOException {
        Path elsewhere = Files.createTempDirectory("plugin-jar");
        Path built = buildIn(elsewhere);
        return Files.move(
                built,
                folder.resolve(built.getFileName()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the jar into the folder. */
    public Path buildIn(Path folder) throws IOException {
        String packageName = "plug." + id.replace('-', '_');
        Map<String, byte[]> classes = PluginCompiler.of(packageName + ".Factory", sourceIn(packageName));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", version);
        attributes.putValue("Plugin-Requires", requires);
        Path jar = folder.resolve(file.orElse(id + ".jar"));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            if (index) {
                put(entries, "META-INF/extensions.idx", (packageName + ".Factory\n").getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, byte[]> compiled : classes.entrySet()) {
                put(entries, compiled.getKey(), compiled.getValue());
            }
            for (Map.Entry<String, byte[]> file : more.entrySet()) {
                put(entries, file.getKey(), file.getValue());
            }
        }
        return jar;
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private String sourceIn(String packageName) {
        return source.orElseGet(this::loadBalancer).replace("PACKAGE", packageName);
    }

    private String loadBalancer() {
        return """
                package PACKAGE;
                import io.interlock.api.loadbalancer.*;
                import io.interlock.api.topology.*;
                import java.util.*;
                @org.pf4j.Extension
                public class Factory implements LoadBalancerFactory<Factory.Config> {
                    public record Config(String greeting, int size, Optional<String> path) {
                        public Config { CHECK }
                    }
                    public String type() { return TYPE; }
                    public Class<Config> configType() { return Config.class; }
                    public LoadBalancer create(Config config, LoadBalancerContext context)
                            throws LoadBalancerUnavailableException, InterruptedException { CREATE }
                    static class Balancer implements LoadBalancer {
                        public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException { APPLY }
                        public void close() { CLOSE }
                        public void handOver() { HAND_OVER }
                    }
                    public Factory() { FACTORY }
                    MEMBERS
                }
                """.replace("CHECK", configCheck)
                .replace("CREATE", create)
                .replace("APPLY", apply)
                .replace("CLOSE", close)
                .replace("HAND_OVER", handOver)
                .replace("FACTORY", factory)
                .replace("TYPE", type)
                .replace("MEMBERS", members);
    }
}
