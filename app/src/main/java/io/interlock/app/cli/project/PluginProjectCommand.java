package io.interlock.app.cli.project;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the project of a new plugin. Overwrites nothing. */
public final class PluginProjectCommand {

    /** Version of the project; the jar has it in its name. */
    private static final String VERSION = "1.0.0";

    private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(?:\\.[a-z_][a-z0-9_]*)*");
    private static final int LONGEST_PACKAGE = 200;

    /** Words that may not be a part of a package's name (Java Language Specification, 3.9). */
    private static final Set<String> RESERVED = Set.of(
            "_",
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "void",
            "volatile",
            "while");

    private final PrintWriter out;
    private final PrintWriter err;
    private final String version;

    /** Result of the command. */
    public enum Outcome {
        CREATED,
        /** Something is in the way, or cannot be written. */
        REFUSED,
        /** The command line is wrong. */
        INVALID
    }

    /**
     * What was typed.
     *
     * @param name the name of the plugin
     * @param kind one of {@link PluginTemplate#KINDS}
     * @param javaPackage the Java package; {@code com.example.NAME} without hyphens unless given
     * @param directory the folder to create; NAME unless given
     */
    public record Request(String name, String kind, Optional<String> javaPackage, Optional<Path> directory) {}

    /** @param version the version of Interlock, which is that of the plugin's parent */
    public PluginProjectCommand(PrintWriter out, PrintWriter err, String version) {
        this.out = out;
        this.err = err;
        this.version = version;
    }

    /** Returns the kinds of plugins. */
    public static Iterable<String> kinds() {
        return PluginTemplate.KINDS;
    }

    public Outcome make(Request request) {
        Optional<String> mistake = mistake(request);
        if (mistake.isPresent()) {
            err.println("interlock: " + mistake.get());
            return Outcome.INVALID;
        }
        Path directory = request.directory().orElse(Path.of(request.name()));
        try {
            write(directory, files(request));
        } catch (FileAlreadyExistsException e) {
            err.println("interlock: " + e.getFile() + " exists already, nothing was written; --directory names another"
                    + " folder");
            return Outcome.REFUSED;
        } catch (IOException e) {
            err.println("interlock: the project cannot be written: " + e);
            return Outcome.REFUSED;
        }
        String jar = "target/" + request.name() + "-" + VERSION + ".jar";
        out.println("Created " + directory + ". Next:");
        out.println("  cd " + directory);
        out.println("  mvn verify");
        out.println("  ./run");
        out.println(
                "\"run\" starts Interlock with the plugin. To install the plugin, copy " + jar + " into plugins_dir.");
        return Outcome.CREATED;
    }

    private SortedMap<String, String> files(Request request) {
        String javaPackage = javaPackage(request);
        return PluginTemplate.files(
                request.kind(),
                Map.of(
                        "artifactId", request.name(),
                        "groupId", javaPackage,
                        "package", javaPackage,
                        "version", VERSION,
                        "interlockVersion", version));
    }

    private static String javaPackage(Request request) {
        return request.javaPackage().orElse("com.example." + request.name().replace("-", ""));
    }

    private static Optional<String> mistake(Request request) {
        if (!NAME.matcher(request.name()).matches()) {
            return Optional.of(
                    "the name of a plugin must have 1 to 40 lower case letters, digits and hyphens, beginning"
                            + " with a letter, not \"" + request.name() + "\"");
        }
        if (!PluginTemplate.KINDS.contains(request.kind())) {
            return Optional.of("--kind must be one of " + String.join(", ", PluginTemplate.KINDS)
                    + (request.kind().isEmpty() ? "" : ", not \"" + request.kind() + "\""));
        }
        String name = javaPackage(request);
        boolean isPackage = name.length() <= LONGEST_PACKAGE
                && PACKAGE.matcher(name).matches()
                && Stream.of(name.split("\\.")).noneMatch(RESERVED::contains);
        return isPackage
                ? Optional.empty()
                : Optional.of("--package must be the name of a Java package in lower case, such as org.example.routes,"
                        + " not \"" + name + "\"");
    }

    private static void write(Path directory, SortedMap<String, String> files) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent() == null ? directory : path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getValue().startsWith("#!")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
