package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Certificate with its private key, and the names for which clients get it. The host has checked that certificate,
 * chain and key belong together.
 *
 * @param id the name for people, unique within a topology; a letter, digit or {@code _}, then letters, digits and
 *     {@code _ . + -}, at most 160 characters
 * @param file absolute path of a PEM file: the certificate, then the certificates that lead to its authority in their
 *     order, then the private key. Only the service's user may read it. The content of a path never changes: other
 *     content has another path
 * @param size size of the file in bytes, more than 0
 * @param names sorted, at least one. A wildcard stands for one label, as in TLS, and is weaker than an exact name. Each
 *     name belongs to at most one certificate of a topology
 * @param leastVersion the oldest version of TLS for these names; empty: that of the listener
 */
@Experimental
public record Certificate(String id, Path file, long size, List<HostName> names, Optional<TlsVersion> leastVersion)
        implements Comparable<Certificate> {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,159}");

    /**
     * Sorts the names.
     *
     * @throws IllegalArgumentException if a value does not match its description
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
