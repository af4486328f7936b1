package io.interlock.haproxy.model;

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

    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** The certificate's line in HAProxy's list of certificates. */
    public String line() {
        return path + (parameters.isEmpty() ? "" : " [" + parameters + "]") + " " + String.join(" ", names);
    }

    /**
     * Creates the entry for a certificate that HAProxy has and the topology does not contain. Only its path is known.
     */
    public static CertificateSpec stray(String path) {
        return new CertificateSpec(path, path, path, 0, "", List.of());
    }

    /** Whether the certificate can be added to a running HAProxy. */
    public boolean fitsRuntime() {
        return size <= MOST_TOLD && line().length() <= MOST_TOLD;
    }

    @Override
    public int compareTo(CertificateSpec other) {
        return path.compareTo(other.path);
    }
}
