package io.interlock.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How certificates are got from a certificate authority.
 *
 * @param directory where the authority's directory is (RFC 8555)
 * @param email whom the authority may write to
 * @param folder where account, keys and certificates are, absolute; several Interlocks may have the same
 * @param authority a file with the certificates to trust when the authority is asked; empty: whom Java trusts
 * @param retryPause how long to wait after the first failure; the pauses grow
 */
public record AcmeConfig(
        URI directory, Optional<String> email, Path folder, Optional<Path> authority, Duration retryPause) {}
