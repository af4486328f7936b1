package io.interlock.haproxy.model;

import java.util.List;

/**
 * A certificate as HAProxy is to have it. Everything about it is in its path: one that differs in anything has another.
 *
 * @param id what people call it
 * @param path the PEM file as HAProxy knows it
 * @param source the file that holds the same and that is always there
 * @param size of the file in bytes
 * @param parameters what HAProxy's list of certificates has about it besides the names, as one word; may be empty
 * @param names whom it is shown to
 */
public record CertificateSpec(String id, String path, String source, long size, String parameters, List<String> names)
        implements Comparable<CertificateSpec> {

    /** HAProxy drops without a word what does not fit into its buffer of 16 kB. */
    private static final int MOST_TOLD = 12_000;

    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** Its line in HAProxy's list of certificates. */
    public String line() {
        return path + (parameters.isEmpty() ? "" : " [" + parameters + "]") + " " + String.join(" ", names);
    }

    /** One that HAProxy has and nobody wants: nothing is known but its path. */
    public static CertificateSpec stray(String path) {
        return new CertificateSpec(path, path, path, 0, "", List.of());
    }

    /** Whether a running HAProxy can be told of it. */
    public boolean fitsRuntime() {
        return size <= MOST_TOLD && line().length() <= MOST_TOLD;
    }

    @Override
    public int compareTo(CertificateSpec other) {
        return path.compareTo(other.path);
    }
}
