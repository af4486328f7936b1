package io.interlock.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reader and writer of PEM text (RFC 7468) and of certificates in it. Text between blocks is a comment. Messages never
 * contain a key.
 */
public final class PemText {

    /** Maximum number of bytes of a file; bundles of all public authorities have a tenth of it. */
    static final int MAX_FILE = 4 << 20;

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
    private static final Pattern END = Pattern.compile("-----END ([A-Z0-9 ]{1,40})-----");
    private static final TreeSet<Integer> NO_ENDS = new TreeSet<>();
    private static final Pattern UNKNOWN_CURVE = Pattern.compile("Unknown named curve: [0-9.]{1,80}");
    private static final int LINE = 64;
    private static final int MOST_LABELS = 5;
    private static final int DER_SEQUENCE = 0x30;
    private static final int DER_LONG_LENGTH = 0x80;

    private PemText() {}

    /**
     * Block of PEM text.
     *
     * @param label its type: {@code CERTIFICATE}
     * @param body the text between its first and last line
     */
    public record Block(String label, String body) {

        /**
         * Decodes the content.
         *
         * @throws GeneralSecurityException if it is not Base64
         */
        public byte[] der() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("a PEM block " + label + " that is not Base64", e);
            }
        }

        /** Returns a text without the content, which may be a key. */
        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    /**
     * Reads the text of a file. Blocks are ASCII; comments may be in any encoding that contains ASCII.
     *
     * @throws IOException if it is no regular file of at most 4 MiB that can be read
     */
    public static String read(Path file) throws IOException {
        return TextFileReader.read(file, MAX_FILE, StandardCharsets.ISO_8859_1);
    }

    /** Returns the first block with a matching label; empty if there is none. */
    public static Optional<Block> first(String text, Predicate<String> label) {
        return blocks(text).stream().filter(block -> label.test(block.label())).findFirst();
    }

    /** Describes a text that has no block of that label, for a message. */
    public static String without(String label, String text) {
        if (text.indexOf('\0') >= 0 && text.replace("\0", "").contains("-----BEGIN")) {
            return "text in UTF-16 rather than ASCII";
        }
        if (text.length() > 1 && text.charAt(0) == DER_SEQUENCE && text.charAt(1) >= DER_LONG_LENGTH) {
            return "binary data (DER or PKCS #12) rather than PEM text";
        }
        String others = blocks(text).stream()
                .map(Block::label)
                .distinct()
                .limit(MOST_LABELS)
                .collect(Collectors.joining(", "));
        return "text without a PEM block " + label + (others.isEmpty() ? "" : ", but with " + others);
    }

    /**
     * Reads the certificates in a text, in their order.
     *
     * @return at least one
     * @throws GeneralSecurityException if there is none, or one is damaged; the message says what was found
     */
    public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            try {
                for (Certificate certificate : certificates(factory, block)) {
                    certificates.add((X509Certificate) certificate);
                }
            } catch (CertificateException e) {
                throw new CertificateException(describe(e), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException(without("CERTIFICATE", text));
        }
        return certificates;
    }

    /** Returns a block of PEM text, with the line end after it. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** Returns certificates as PEM text. */
    public static String of(List<X509Certificate> certificates) throws GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return pem.toString();
    }

    private static Collection<? extends Certificate> certificates(CertificateFactory factory, Block block)
            throws GeneralSecurityException {
        return switch (block.label()) {
            // OpenSSL appends the permitted uses to a trusted certificate; they are not read.
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                List.of(factory.generateCertificate(new ByteArrayInputStream(block.der())));
            case "PKCS7", "CMS" -> factory.generateCertificates(new ByteArrayInputStream(block.der()));
            default -> List.of();
        };
    }

    private static String describe(CertificateException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Matcher curve = UNKNOWN_CURVE.matcher(String.valueOf(cause.getMessage()));
            if (curve.find()) {
                return "a certificate that Java cannot read: " + curve.group();
            }
        }
        return "a damaged certificate";
    }

    /** A block ends at the first end of its own label. The ends are found in one pass, whatever the text is. */
    private static List<Block> blocks(String text) {
        Map<String, TreeSet<Integer>> ends = new HashMap<>();
        END.matcher(text)
                .results()
                .forEach(end -> ends.computeIfAbsent(end.group(1), any -> new TreeSet<>())
                        .add(end.start()));
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            Integer end = ends.getOrDefault(begin.group(1), NO_ENDS).ceiling(begin.end());
            if (end != null) {
                blocks.add(new Block(begin.group(1), text.substring(begin.end(), end)));
            }
            from = end == null ? begin.start() + 1 : end;
        }
        return blocks;
    }
}
