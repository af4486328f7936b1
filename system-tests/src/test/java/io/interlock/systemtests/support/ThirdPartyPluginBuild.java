package io.interlock.systemtests.support;

import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds a plugin as a third party does: outside of this repository, with only the published artifacts of Interlock.
 * The local Maven repository of this build stands in for the public one, and is only read.
 */
public final class ThirdPartyPluginBuild {

    private static final String VERSION = "2.0.0-SNAPSHOT";
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

    /** Runs Maven; returns the resulting jar. */
    public Path jar() throws IOException, InterruptedException {
        Path home = folder.getParent();
        Path log = home.resolve("build.log");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "--batch-mode",
                        "--settings",
                        settings(publish(home.resolve("published"))).toString(),
                        "-Dmaven.repo.local=" + home.resolve("repository"),
                        "-DskipTests",
                        "package")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException("the build failed:\n" + Files.readString(log));
        }
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar was built"));
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
        return repository;
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
        URI all = Path.of(System.getProperty("interlock.repository")).toUri();
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
