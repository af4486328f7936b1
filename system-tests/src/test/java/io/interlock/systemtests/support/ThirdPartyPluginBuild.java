package io.interlock.systemtests.support;

import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds a plugin as a third party does: outside of this repository, with only the published artifacts of Interlock.
 * The local Maven repository of this build stands in for the public one, and is only read.
 */
public final class ThirdPartyPluginBuild {

    /** The kinds of plugins, each of which has an archetype. */
    public static final List<String> KINDS = List.of("load-balancer", "stats-sink", "label-dialect", "dns-provider");

    private static final String VERSION = "2.0.0-SNAPSHOT";
    private static final String ARCHETYPE_PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.0";
    private static final long LIMIT_MINUTES = 5;

    private final Path folder;

    private ThirdPartyPluginBuild(Path folder) {
        this.folder = folder;
    }

    /** Creates a build in a new, empty folder. */
    public static ThirdPartyPluginBuild inNewFolder() throws IOException {
        return new ThirdPartyPluginBuild(
                Files.createDirectory(Files.createTempDirectory("il-plugin-").resolve("source")));
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /** Adds a file of the plugin's sources. */
    public ThirdPartyPluginBuild file(String relative, String text) throws IOException {
        Path file = folder.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Adds all files of a folder of this repository, apart from build results. */
    public ThirdPartyPluginBuild filesOf(String projectFolder) throws IOException {
        Path source = DistributionFiles.projectFile(projectFolder);
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !source.relativize(file).startsWith("target"))
                    .forEach(file -> copy(file, folder.resolve(source.relativize(file))));
        }
        return this;
    }

    /** Whether the local Maven repository has the plugin that generates projects. */
    public static boolean canGenerate() {
        return Files.isDirectory(localRepository()
                .resolve("org/apache/maven/plugins/maven-archetype-plugin")
                .resolve(ARCHETYPE_PLUGIN.replaceFirst(".*:", "")));
    }

    /**
     * Generates the project of a plugin with the archetype of its kind.
     *
     * @param kind one of {@link #KINDS}
     * @return the folder of the project
     */
    public Path generate(String name, String kind, String javaPackage) throws IOException, InterruptedException {
        maven(
                ARCHETYPE_PLUGIN + ":generate",
                "-DarchetypeGroupId=io.interlock",
                "-DarchetypeArtifactId=interlock-archetype-" + kind,
                "-DarchetypeVersion=" + VERSION,
                "-DgroupId=" + javaPackage,
                "-DartifactId=" + name,
                "-Dpackage=" + javaPackage);
        return folder.resolve(name);
    }

    /** Builds and tests all projects in folders of this one, as their authors do. */
    public void verifyAll(Collection<String> names) throws IOException, InterruptedException {
        String modules = names.stream()
                .map(name -> "<module>" + name + "</module>")
                .collect(Collectors.joining("\n", "<modules>", "</modules>"));
        file("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  %s
                </project>
                """.formatted(modules));
        maven("verify");
    }

    /** Runs Maven; returns the resulting jar. */
    public Path jar() throws IOException, InterruptedException {
        maven("-DskipTests", "package");
        return jarOf(folder);
    }

    /** Returns the jar that the build of a project has made. */
    public static Path jarOf(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar was built"));
        }
    }

    private void maven(String... arguments) throws IOException, InterruptedException {
        Path home = folder.getParent();
        Path log = home.resolve("build.log");
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "--settings",
                settings(publish(home.resolve("published"))).toString(),
                "-Dmaven.repo.local=" + home.resolve("repository")));
        command.addAll(List.of(arguments));
        Process maven = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException("the build failed:\n" + Files.readString(log));
        }
    }

    /** Creates a repository with the artifacts that plugin authors get. */
    private static Path publish(Path repository) {
        artifact(repository, "interlock-parent", "pom.xml", "");
        artifact(repository, "interlock-api", "api/pom.xml", "api/target/interlock-api-" + VERSION + ".jar");
        // The test kit loads jars with plugin-host, and takes its clients and servers from test-support.
        artifact(
                repository,
                "interlock-test-support",
                "test-support/pom.xml",
                "test-support/target/interlock-test-support-" + VERSION + ".jar");
        artifact(
                repository,
                "interlock-plugin-host",
                "plugin-host/pom.xml",
                "plugin-host/target/interlock-plugin-host-" + VERSION + ".jar");
        artifact(
                repository,
                "interlock-testkit",
                "testkit/pom.xml",
                "testkit/target/interlock-testkit-" + VERSION + ".jar");
        artifact(repository, "interlock-plugin-parent", "sdk/parent/pom.xml", "");
        artifact(repository, "interlock-archetypes", "sdk/archetypes/pom.xml", "");
        for (String kind : KINDS) {
            String id = "interlock-archetype-" + kind;
            String archetype = "sdk/archetypes/" + kind;
            artifact(repository, id, archetype + "/pom.xml", archetype + "/target/" + id + "-" + VERSION + ".jar");
        }
        return repository;
    }

    private static Path localRepository() {
        return Path.of(System.getProperty("interlock.repository"));
    }

    private static void artifact(Path repository, String id, String pom, String jar) {
        Path target = repository.resolve("io/interlock").resolve(id).resolve(VERSION);
        String name = id + "-" + VERSION;
        copy(DistributionFiles.projectFile(pom), target.resolve(name + ".pom"));
        if (!jar.isEmpty()) {
            copy(DistributionFiles.projectFile(jar), target.resolve(name + ".jar"));
        }
    }

    private Path settings(Path published) throws IOException {
        URI all = localRepository().toUri();
        return Files.writeString(folder.resolveSibling("settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror><id>all</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                  <profiles>
                    <profile>
                      <id>published</id>
                      <repositories>
                        <repository>
                          <id>interlock</id><url>%s</url>
                          <snapshots><enabled>true</enabled></snapshots>
                        </repository>
                      </repositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>published</activeProfile></activeProfiles>
                </settings>
                """.formatted(all, published.toUri()));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
