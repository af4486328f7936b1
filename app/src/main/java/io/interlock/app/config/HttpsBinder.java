package io.interlock.app.config;

import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.ClientCertificates;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.TlsVersion;
import io.interlock.util.PemText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Binds the section {@code tls}: if it is there, HTTPS is served. */
final class HttpsBinder {

    private static final Bounds PORT = new Bounds(1, 65_535, "");
    private static final Bounds PAUSE = new Bounds(1, 86_400, "seconds");
    private static final long DEFAULT_PORT = 8_443;
    private static final long DEFAULT_PUBLIC_PORT = 443;
    private static final long DEFAULT_PAUSE = 60;
    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";
    private static final String EXPECTED_PEM = "a readable file with PEM certificates";
    private static final String EXPECTED_URL = "the https:// address of a certificate authority's ACME directory";
    private static final String EXPECTED_EMAIL = "an e-mail address";
    private static final Pattern EMAIL =
            Pattern.compile("[!-~&&[^<>()\\[\\]\\\\,;:\"?#%@]]{1,64}@[A-Za-z0-9.-]{1,190}");

    private final Path base;
    private final Path dataDir;
    private final int httpPort;

    /**
     * @param base what relative paths of the file start from
     * @param httpPort the port of plain HTTP
     */
    HttpsBinder(Path base, Path dataDir, int httpPort) {
        this.base = base;
        this.dataDir = dataDir;
        this.httpPort = httpPort;
    }

    HttpsConfig bind(Section tls) {
        tls.requireKnownKeys(Schema.TLS);
        long port = tls.wholeNumber("port", PORT).orElse(DEFAULT_PORT);
        if (port == httpPort) {
            tls.wrong("port", "another port than that of HTTP", String.valueOf(port));
        }
        Optional<AcmeConfig> acme = tls.section("acme").map(this::acme);
        TlsSettings settings = new TlsSettings(
                Math.toIntExact(port),
                Math.toIntExact(tls.wholeNumber("public_port", PORT).orElse(DEFAULT_PUBLIC_PORT)),
                oneOf(tls, "min_version", Map.of("1.2", TlsVersion.TLS_1_2, "1.3", TlsVersion.TLS_1_3), "1.2 or 1.3")
                        .orElse(TlsVersion.TLS_1_2),
                clients(tls),
                oneOf(
                                tls,
                                "plain_http",
                                Map.of(
                                        "serve", PlainHttp.SERVED,
                                        "redirect", PlainHttp.REDIRECTED,
                                        "refuse", PlainHttp.REFUSED),
                                "serve, redirect or refuse")
                        .orElse(PlainHttp.SERVED),
                tls.truth("http3").orElse(false),
                acme.isPresent());
        return new HttpsConfig(settings, folder(tls, "certificates_dir", "certificates"), acme);
    }

    private Optional<ClientCertificates> clients(Section tls) {
        Optional<Boolean> required =
                oneOf(tls, "client_auth", Map.of("required", true, "optional", false), "required or optional");
        Optional<Path> authorities = pemFile(tls, "client_ca");
        if (tls.has("client_auth") && !tls.has("client_ca")) {
            tls.wrong("client_auth", "client_ca beside it, with those who vouch for clients", "none");
        }
        return authorities.map(file -> new ClientCertificates(file, required.orElse(true)));
    }

    private AcmeConfig acme(Section acme) {
        acme.requireKnownKeys(Schema.ACME);
        if (!acme.truth("terms_agreed").orElse(false)) {
            acme.wrong(
                    "terms_agreed",
                    "true, which says that you agree to the terms of service of the certificate authority",
                    acme.has("terms_agreed") ? "false" : "nothing");
        }
        return new AcmeConfig(
                acme.parsed("directory", EXPECTED_URL, HttpsBinder::url).orElseGet(() -> URI.create(LETS_ENCRYPT)),
                acme.parsed("email", EXPECTED_EMAIL, HttpsBinder::email),
                folder(acme, "dir", "acme"),
                pemFile(acme, "ca_cert"),
                Duration.ofSeconds(acme.wholeNumber("retry_pause", PAUSE).orElse(DEFAULT_PAUSE)));
    }

    private static Parsed<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean good = "https".equals(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
            return good ? Parsed.good(url) : Parsed.bad(EXPECTED_URL);
        } catch (URISyntaxException e) {
            return Parsed.bad(EXPECTED_URL);
        }
    }

    private static Parsed<String> email(String text) {
        return EMAIL.matcher(text).matches() ? Parsed.good(text) : Parsed.bad(EXPECTED_EMAIL);
    }

    private static <T> Optional<T> oneOf(Section section, String key, Map<String, T> values, String expected) {
        Function<String, Parsed<T>> parser =
                text -> values.containsKey(text) ? Parsed.good(values.get(text)) : Parsed.bad(expected);
        return section.parsed(key, expected, parser);
    }

    private Path folder(Section section, String key, String standard) {
        return section.parsed(
                        key,
                        FilePaths.EXPECTED,
                        text -> FilePaths.parse(text, base)
                                .then(path -> Files.exists(path) && !Files.isDirectory(path)
                                        ? Parsed.bad("the path of a folder", "it is a file")
                                        : Parsed.good(path)))
                .orElseGet(() -> dataDir.resolve(standard));
    }

    private Optional<Path> pemFile(Section section, String key) {
        return section.parsed(
                key, EXPECTED_PEM, text -> FilePaths.parse(text, base).then(HttpsBinder::withCertificates));
    }

    private static Parsed<Path> withCertificates(Path path) {
        try {
            PemText.certificates(PemText.read(path));
            return Parsed.good(path);
        } catch (IOException e) {
            return Parsed.bad(EXPECTED_PEM, "it is " + FilePaths.whyUnreadable(e));
        } catch (GeneralSecurityException e) {
            return Parsed.bad(EXPECTED_PEM, "it is " + e.getMessage());
        }
    }
}
