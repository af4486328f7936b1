package io.interlock.util;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hash (FIPS 180-4) of texts and streams, in lower-case hexadecimal digits. Not thread-safe. */
public final class Sha256 {

    private static final int NAME_DIGITS = 16;

    private final MessageDigest digest;

    /** Creates the hash of an empty text. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the first digits of a text's hash, 1 to 64. */
    public static String hex(String text, int digits) {
        return new Sha256().add(text).hex(digits);
    }

    /** Returns a name of 16 digits for a list of texts: equal if and only if the texts are. */
    public static String nameOf(String... texts) {
        Sha256 hash = new Sha256();
        for (String text : texts) {
            hash.add(text + "\0");
        }
        return hash.hex(NAME_DIGITS);
    }

    /** Appends a text, in UTF-8. */
    public Sha256 add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Returns a stream that appends everything that passes through it. */
    public OutputStream through(OutputStream out) {
        return new DigestOutputStream(out, digest);
    }

    /** Returns all 64 digits. Text that is appended afterwards belongs to another hash. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the first digits, 1 to 64. Text that is appended afterwards belongs to another hash. */
    public String hex(int digits) {
        return hex().substring(0, digits);
    }
}
