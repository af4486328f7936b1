package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus.Origin;
import io.interlock.api.status.Problem;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Folder of certificates in a test, its tracker, and a clock that the test moves. */
abstract class CertificateFolderFixture {

    static final String HOST = "www.example.com";

    @TempDir
    Path root;

    Instant now = Instant.parse("2026-11-25T12:00:00Z");
    final InMemoryCertificateAuthority authority = new InMemoryCertificateAuthority(now);
    final List<VirtualHost> hosts = new ArrayList<>();
    Path folder;
    CertificateTracker store;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(root.resolve("certificates"));
        store = store();
        route(HOST, HostTls.NONE);
    }

    CertificateTracker store() {
        InstantSource clock = () -> now;
        return new CertificateTracker(
                List.of(new CertificateFolder(root.resolve("certificates"), Origin.FOLDER, "")),
                new CertificateCopyStore(root.resolve("copies")),
                clock.withZone(ZoneOffset.UTC));
    }

    void route(String host, HostTls tls) {
        hosts.add(new VirtualHost(List.of(HostName.of(host)), List.of(Route.toBackend("any")), tls));
    }

    /** Writes a file with an old time of modification. */
    void put(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent() == null ? folder : file.getParent());
            Files.deleteIfExists(file);
            Files.writeString(file, content);
            now = now.plusMillis(1);
            Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(60)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    CertificateMatcher.Result look() {
        return CertificateMatcher.of(store.scan(), hosts, now);
    }

    Map<String, List<String>> shown() {
        return look().certificates().stream()
                .collect(Collectors.toMap(
                        Certificate::id,
                        certificate -> certificate.names().stream()
                                .map(HostName::value)
                                .toList()));
    }

    /** What is shown after missing files have been missing for a while. */
    Map<String, List<String>> gone() {
        shown();
        now = now.plusSeconds(16);
        return shown();
    }

    Path file(String id) {
        return look().certificates().stream()
                .filter(certificate -> certificate.id().equals(id))
                .findFirst()
                .orElseThrow()
                .file();
    }

    TlsStatus status() {
        CertificateSet set = store.scan();
        return TlsStatusMapper.of(set, CertificateMatcher.of(set, hosts, now), hosts, List.of(), now);
    }

    Problem problem() {
        return status().problems().getFirst();
    }

    List<Path> copies() throws IOException {
        try (Stream<Path> copies = Files.list(root.resolve("copies"))) {
            return copies.filter(copy -> !String.valueOf(copy.getFileName()).startsWith("."))
                    .toList();
        }
    }
}
