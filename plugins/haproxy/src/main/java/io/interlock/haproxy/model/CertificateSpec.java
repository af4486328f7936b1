package io.interlock.haproxy.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Desired state of a certificate in HAProxy. The path identifies the complete content: certificates that differ in
 * anything have different paths.
 *
 * @param id the name of the certificate in messages
 * @param path the PEM file that HAProxy reads
 * @param source the file with the same content that always exists
 * @param size of the file in bytes
 * @param parameters the certificate's parameters in HAProxy's list of certificates, as one word, without the names; may
 *     be empty
 * @param names the names for which clients get the certificate
 */
public record CertificateSpec(String id, String path, String source, long size, String parameters, List<String> names)
        implements Comparable<CertificateSpec> {

    /** Maximum number of bytes. HAProxy silently drops what exceeds its buffer of 16 kB. */
    private static final int MOST_TOLD = 12_000;

    /** HAProxy reads at most 2,047 words and 65,535 characters of a line, and a name has at most 255 characters. */
    private static final int MOST_NAMES_IN_LINE = 200;

    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** The certificate's lines in HAProxy's list of certificates; at least one. */
    public List<String> lines() {
        String start = path + (parameters.isEmpty() ? "" : " [" + parameters + "]") + " ";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i == 0 || i < names.size(); i += MOST_NAMES_IN_LINE) {
            lines.add(start + String.join(" ", names.subList(i, Math.min(names.size(), i + MOST_NAMES_IN_LINE))));
        }
        return lines;
    }

    /**
     * Creates the entry for a certificate that HAProxy has and the topology does not contain. Only its path is known.
     */
    public static CertificateSpec stray(String path) {
        return new CertificateSpec(path, path, path, 0, "", List.of());
    }

    /** Whether the certificate can be added to a running HAProxy. */
    public boolean fitsRuntime() {
        return size <= MOST_TOLD && hasOneLine() && lines().getFirst().length() <= MOST_TOLD;
    }

    /** Whether the certificate has one line, by which it can be removed from a running HAProxy. */
    public boolean hasOneLine() {
        return names.size() <= MOST_NAMES_IN_LINE;
    }

    @Override
    public int compareTo(CertificateSpec other) {
        return path.compareTo(other.path);
    }
}
