package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate with its private key, and for which names clients are shown it. The host has checked that certificate,
 * chain and key belong together.
 *
 * @param id what people call it; unique within a topology; a letter, digit or {@code _}, then letters, digits and
 *     {@code _ . + -}, at most 160 characters
 * @param file absolute path of a PEM file: the certificate, the certificates that lead to its authority in their order,
 *     the private key. Only the service's user may read it. What is in it never changes: another content has another path
 * @param size of the file in bytes, more than 0
 * @param names sorted, at least one. A wildcard stands for one label, as TLS has it, and is weaker than an exact name. No
 *     name is at two certificates of a topology
 * @param leastVersion the oldest version of TLS to speak for these names; empty: what the listener speaks
 */
@Experimental
public record Certificate(String id, Path file, long size, List<HostName> names, Optional<TlsVersion> leastVersion)
        implements Comparable<Certificate> {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,159}");

    /**
     * Sorts the names.
     *
     * @throws IllegalArgumentException if something is not as described
     */
    public Certificate {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of a certificate: " + QuotedText.quoted(id));
        }
        names = names.stream().sorted().distinct().toList();
        if (names.isEmpty() || size <= 0 || !file.isAbsolute()) {
            throw new IllegalArgumentException("certificate " + id + " needs a name and a file: " + names + " " + file);
        }
    }

    @Override
    public int compareTo(Certificate other) {
        return id.compareTo(other.id);
    }
}
