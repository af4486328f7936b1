package io.interlock.nginxproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Users of htpasswd files, by the name of the file: a host name, the digest of an expression, or one of these with the digest of
 * a path.
 *
 * @param users lines {@code USER:HASH}
 */
record HtpasswdFolder(Map<String, List<String>> users) {

    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1 << 20;

    HtpasswdFolder {
        users = Map.copyOf(users);
    }

    /** @throws IOException if a file cannot be read: hosts would be open that are to be protected */
    static HtpasswdFolder read(Optional<Path> folder) throws IOException {
        Map<String, List<String>> users = new TreeMap<>();
        if (folder.isPresent()) {
            try (Stream<Path> listed = Files.list(folder.get())) {
                for (Path file : listed.filter(Files::isRegularFile)
                        .limit(MOST_FILES + 1L)
                        .toList()) {
                    if (users.size() == MOST_FILES || Files.size(file) > MOST_BYTES) {
                        throw new IOException("htpasswd_dir has more than " + MOST_FILES
                                + " files, or one of more than " + MOST_BYTES + " bytes: " + file);
                    }
                    users.put(String.valueOf(file.getFileName()), lines(file));
                }
            }
        }
        return new HtpasswdFolder(users);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Returns the users of a host and path; empty if everybody may see them. */
    Optional<List<String>> of(String host, String path) {
        String name = host.startsWith("~") ? sha1(host) : host;
        return Optional.ofNullable(users.get(name + "_" + sha1(path))).or(() -> Optional.ofNullable(users.get(name)));
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
