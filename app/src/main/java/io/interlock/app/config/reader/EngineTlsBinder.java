package io.interlock.app.config.reader;

import io.interlock.app.config.EngineTls;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.app.config.pem.PemSource;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.FilePathParser;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Binds certificates and keys. Reads them once, so that their problems are known before anything starts. */
final class EngineTlsBinder {

    /** A text with its place. */
    record LocatedText(ConfigLocation place, String text) {}

    private interface Parser<T> {
        T parse(String pem) throws GeneralSecurityException;
    }

    private record ParsedPem<T>(PemSource source, T content) {}

    private final Path base;
    private final ConfigProblemCollector problems;

    EngineTlsBinder(Path base, ConfigProblemCollector problems) {
        this.base = base;
        this.problems = problems;
    }

    /** Binds the three keys of an engine's entry. */
    EngineTls bind(ConfigSection entry) {
        return bind(
                given(entry, ConfigKeys.ENTRY_SSL_CERT),
                given(entry, ConfigKeys.ENTRY_SSL_KEY),
                given(entry, ConfigKeys.ENTRY_CA_CERT));
    }

    private static Optional<LocatedText> given(ConfigSection entry, ConfigKey<String> key) {
        return entry.get(key).map(text -> new LocatedText(entry.place(key), text));
    }

    EngineTls bind(Optional<LocatedText> certificate, Optional<LocatedText> key, Optional<LocatedText> ca) {
        Optional<ParsedPem<List<X509Certificate>>> chain =
                certificate.flatMap(given -> check(given, ConfigKeys.EXPECTED_CERTIFICATE, PemText::certificates));
        Optional<ParsedPem<PrivateKey>> privateKey =
                key.flatMap(given -> check(given, ConfigKeys.EXPECTED_KEY, PemKeyReader::privateKey));
        Optional<ParsedPem<List<X509Certificate>>> authority =
                ca.flatMap(given -> check(given, ConfigKeys.EXPECTED_CERTIFICATE, PemText::certificates));
        requirePair(certificate, key, chain, privateKey);
        return new EngineTls(
                chain.map(ParsedPem::source), privateKey.map(ParsedPem::source), authority.map(ParsedPem::source));
    }

    private void requirePair(
            Optional<LocatedText> certificate,
            Optional<LocatedText> key,
            Optional<ParsedPem<List<X509Certificate>>> chain,
            Optional<ParsedPem<PrivateKey>> privateKey) {
        if (certificate.isPresent() && key.isEmpty()) {
            problems.add(certificate.get().place(), "a private key with this certificate, in ssl_key", "none");
        } else if (key.isPresent() && certificate.isEmpty()) {
            problems.add(key.get().place(), "a certificate with this private key, in ssl_cert", "none");
        } else if (key.isPresent()
                && chain.isPresent()
                && privateKey.isPresent()
                && !PemKeyReader.belongTogether(
                        privateKey.get().content(),
                        chain.get().content().getFirst().getPublicKey())) {
            problems.add(
                    key.get().place(), "the private key of the first certificate in ssl_cert", "the key of another");
        }
    }

    private <T> Optional<ParsedPem<T>> check(LocatedText given, String expected, Parser<T> parser) {
        boolean inline = given.text().contains("-----BEGIN ");
        Optional<Path> path = inline
                ? Optional.empty()
                : FilePathParser.parse(given.text(), base).toOptional();
        if (!inline && path.isEmpty()) {
            return wrong(given, expected, "neither", path);
        }
        if (path.filter(Files::isDirectory).isPresent()) {
            return wrong(given, expected, "a folder", path);
        }
        PemSource source = path.<PemSource>map(PemSource.File::new).orElseGet(() -> new PemSource.Text(given.text()));
        try {
            return Optional.of(new ParsedPem<>(source, parser.parse(source.read())));
        } catch (IOException e) {
            return wrong(given, expected, FilePathParser.whyUnreadable(e), path);
        } catch (GeneralSecurityException e) {
            return wrong(given, expected, String.valueOf(e.getMessage()), path);
        }
    }

    private <T> Optional<ParsedPem<T>> wrong(LocatedText given, String expected, String found, Optional<Path> path) {
        problems.add(
                given.place(),
                expected,
                found + path.map(file -> named(given.text(), file)).orElse(""));
        return Optional.empty();
    }

    /**
     * Returns the file's name for a message. A text that looks like PEM content without its frame is not shown, because
     * it may be a key.
     */
    private static String named(String text, Path path) {
        return text.startsWith("/") || text.contains(".") ? ": " + ConfigValueFormatter.text(path.toString()) : "";
    }
}
