package io.interlock.testkit;

import io.interlock.api.dialect.DialectInput;
import io.interlock.testkit.DialectContract.DialectCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reader of tables for {@link DialectContract}. A row is
 *
 * <pre>
 * == what it is about
 * ports 80 443
 * traefik.enable=true
 * VIRTUAL_HOST=a.example.com
 * -> hostname=a.example.com
 * </pre>
 *
 * <p>Ports and name are optional, with 80 and {@code web} as defaults. A key of capitals, digits and underscores is a variable, another one a label.
 * {@code ↵} in a value stands for a line break. Lines that begin with {@code #} are comments.
 */
public final class DialectCaseReader {

    private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]+");

    private DialectCaseReader() {}

    /** Reads the table of a resource beside a class. */
    public static List<DialectCase> read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return rows(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<DialectCase> rows(String text) {
        List<DialectCase> rows = new ArrayList<>();
        for (String row : text.split("(?m)^== ")) {
            List<String> lines = row.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            if (!lines.isEmpty()) {
                rows.add(row(lines));
            }
        }
        return rows;
    }

    private static DialectCase row(List<String> lines) {
        String name = "web";
        List<Integer> ports = List.of(80);
        Map<String, String> labels = new TreeMap<>();
        Map<String, String> variables = new TreeMap<>();
        String expected = null;
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("->")) {
                expected = line.substring(2).strip();
            } else if (line.startsWith("ports")) {
                ports = Stream.of(line.substring("ports".length()).strip().split(" +"))
                        .filter(port -> !port.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
            } else if (line.startsWith("name ")) {
                name = line.substring("name ".length()).strip();
            } else {
                int end = line.indexOf('=');
                String key = line.substring(0, end);
                (VARIABLE.matcher(key).matches() ? variables : labels)
                        .put(key, line.substring(end + 1).replace('↵', '\n'));
            }
        }
        if (expected == null) {
            throw new IllegalArgumentException("no -> in the row " + lines.getFirst());
        }
        return new DialectCase(
                lines.getFirst().strip(),
                new DialectInput(name, labels, variables, ports, List.of("bridge")),
                expected);
    }
}
