package io.interlock.testsupport;

import io.interlock.api.loadbalancer.LoadBalancerFactory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pf4j.Extension;
import org.slf4j.Logger;

/**
 * Compiler of plugins, with the class path of plugins. It compiles each source once, because most tests use the same
 * ones.
 */
final class PluginCompiler {

    private static final Map<String, Map<String, byte[]>> BY_SOURCE = new ConcurrentHashMap<>();

    /** Few entries, because the compiler opens all of them each time. */
    private static final String CLASS_PATH = Stream.of(LoadBalancerFactory.class, Extension.class, Logger.class)
            .map(PluginCompiler::location)
            .collect(Collectors.joining(File.pathSeparator));

    private PluginCompiler() {}

    /** Returns the class files, by their names in a jar. */
    static Map<String, byte[]> of(String className, String source) {
        return BY_SOURCE.computeIfAbsent(source, text -> compile(className, text));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> compile(String className, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("--release", "21", "-proc:none", "-classpath", CLASS_PATH);
        try (InMemory files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            if (!compiler.getTask(null, files, null, options, null, List.of(new Source(className, source)))
                    .call()) {
                throw new IllegalArgumentException("does not compile:\n" + source);
            }
            return files.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(String className, Kind kind) {
        return URI.create("string:///" + className.replace('.', '/') + kind.extension);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(PluginCompiler.uri(className, Kind.SOURCE), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        InMemory(JavaFileManager others) {
            super(others);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(className.replace('.', '/') + kind.extension, bytes);
            return new SimpleJavaFileObject(PluginCompiler.uri(className, kind), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return Collections.unmodifiableMap(classes);
        }
    }
}
