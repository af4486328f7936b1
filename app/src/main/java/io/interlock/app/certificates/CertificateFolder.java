package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus.Origin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folder of certificates: {@code NAME.pem} with certificate, chain and key; or {@code NAME.crt} (or {@code .pem})
 * beside {@code NAME.key}; or a folder {@code NAME} with {@code fullchain.pem} and {@code privkey.pem}, as certbot
 * creates it. Names that begin with a dot are ignored.
 */
final class CertificateFolder {

    private static final Pattern CERTIFICATE = Pattern.compile("(.+)\\.(?:pem|crt|cer)");
    private static final Pattern NOT_IN_ID = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final int LONGEST_ID = 120;

    private final Path folder;
    private final Origin origin;
    private final String prefix;

    /**
     * @param prefix the beginning of each id
     */
    CertificateFolder(Path folder, Origin origin, String prefix) {
        this.folder = folder;
        this.origin = origin;
        this.prefix = prefix;
    }

    /**
     * Result of a scan.
     *
     * @param certificates by id
     * @param problems what is wrong with files that are not among the certificates, by path
     */
    record FolderScan(Map<String, CertificateFilePair> certificates, Map<Path, String> problems) {}

    /** Scans the folder. A folder that does not exist is empty. */
    FolderScan scan() throws IOException {
        Map<String, CertificateFilePair> certificates = new TreeMap<>();
        Map<Path, String> problems = new LinkedHashMap<>();
        for (Path path : files()) {
            Path certificate = path;
            Path key = path;
            String name;
            if (Files.isDirectory(path)) {
                certificate = path.resolve("fullchain.pem");
                key = path.resolve("privkey.pem");
                name = String.valueOf(path.getFileName());
            } else {
                Matcher matcher = CERTIFICATE.matcher(String.valueOf(path.getFileName()));
                if (!matcher.matches()) {
                    continue;
                }
                name = matcher.group(1);
                Path beside = path.resolveSibling(name + ".key");
                key = Files.exists(beside) ? beside : path;
            }
            if (!Files.exists(certificate)) {
                continue;
            }
            CertificateFilePair found = found(id(name), certificate, key);
            CertificateFilePair other = certificates.putIfAbsent(found.id(), found);
            if (other != null) {
                problems.put(path, "is ignored: its id would be " + found.id() + " as that of " + other.certificate());
            }
        }
        return new FolderScan(certificates, problems);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                if (!String.valueOf(path.getFileName()).startsWith(".")) {
                    files.add(path);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return List.copyOf(new TreeSet<>(files));
    }

    private String id(String name) {
        String plain = NOT_IN_ID.matcher(name).replaceAll("_");
        String id = prefix + (Character.isLetterOrDigit(plain.charAt(0)) || plain.charAt(0) == '_' ? "" : "_") + plain;
        return id.substring(0, Math.min(LONGEST_ID, id.length()));
    }

    private CertificateFilePair found(String id, Path certificate, Path key) throws IOException {
        Stamp one = Stamp.of(certificate);
        Stamp other = Stamp.of(key);
        return new CertificateFilePair(
                id,
                origin,
                certificate,
                key,
                one.text() + " " + other.text(),
                one.modified().isAfter(other.modified()) ? one.modified() : other.modified());
    }

    private record Stamp(String text, Instant modified) {

        static Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                Instant modified = attributes.lastModifiedTime().toInstant();
                return new Stamp(modified + "/" + attributes.size() + "/" + attributes.fileKey(), modified);
            } catch (NoSuchFileException e) {
                return new Stamp("", Instant.EPOCH);
            }
        }
    }
}
