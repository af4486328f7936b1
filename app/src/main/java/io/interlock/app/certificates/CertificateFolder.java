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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folder of certificates: {@code NAME.pem} with certificate, chain and key; or {@code NAME.crt} (or {@code .pem})
 * beside {@code NAME.key}; or a folder {@code NAME} with the full chain and the key, as certbot and acme.sh create it.
 * Names that begin with a dot are ignored.
 */
final class CertificateFolder {

    private static final Pattern CERTIFICATE = Pattern.compile("(.+)\\.(?:pem|crt|cer)");
    private static final Pattern NOT_IN_ID = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Pattern ACME_SH_CURVE = Pattern.compile("_ecc$");

    /** Names of files that do not name the certificate, as certbot and acme.sh write them. */
    private static final Set<String> CHAIN_NAMES = Set.of("fullchain", "cert");

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
        List<Path> files = files();
        for (Path path : files) {
            Optional<Path> certificate = Files.isDirectory(path) ? chainIn(path) : Optional.of(path);
            if (certificate.isEmpty()) {
                continue;
            }
            Path folderOfIt = Files.isDirectory(path) ? path : folder;
            String file = String.valueOf(path.getFileName());
            Matcher matcher = CERTIFICATE.matcher(file);
            if (path.equals(certificate.get()) && (!matcher.matches() || !Files.exists(path))) {
                continue;
            }
            String name = path.equals(certificate.get()) ? matcher.group(1) : file;
            Path key = key(folderOfIt, certificate.get(), name).orElse(certificate.get());
            // Two files of one name may be the old and the new way to lay the certificate down.
            String id = certificates.containsKey(id(name)) ? id(file) : id(name);
            CertificateFilePair found = found(id, certificate.get(), key);
            CertificateFilePair other = certificates.putIfAbsent(found.id(), found);
            if (other != null) {
                problems.put(path, "is ignored: its id would be " + found.id() + " as that of " + other.certificate());
            }
        }
        return new FolderScan(certificates, problems);
    }

    /** The file with the full chain in the folder of one certificate. */
    private static Optional<Path> chainIn(Path folderOfIt) {
        return Stream.of("fullchain.pem", "fullchain.cer", "fullchain.crt")
                .map(folderOfIt::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /** The file with the key that belongs to a file of certificates, by its name. */
    private static Optional<Path> key(Path folderOfIt, Path certificate, String name) throws IOException {
        List<String> names = new ArrayList<>(List.of(name + ".key", name + "-key.pem"));
        String stem = String.valueOf(certificate.getFileName()).replaceFirst("\\.[a-z]+$", "");
        boolean isCommonName = CHAIN_NAMES.contains(stem);
        if (isCommonName) {
            names.addAll(List.of("privkey.pem", ACME_SH_CURVE.matcher(name).replaceFirst("") + ".key"));
        }
        Optional<Path> named =
                names.stream().map(folderOfIt::resolve).filter(Files::exists).findFirst();
        if (named.isPresent() || !isCommonName) {
            return named;
        }
        List<Path> keys = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folderOfIt, "*.key")) {
            all.forEach(keys::add);
        }
        return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
    }

    /** Whether files belong to this folder. */
    boolean owns(CertificateFilePair files) {
        return files.origin() == origin;
    }

    Path path() {
        return folder;
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
