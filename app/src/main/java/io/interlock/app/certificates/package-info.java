/**
 * Reads the folders of certificates, keeps the last good copy of each, and selects the certificate that each host name
 * shows.
 *
 * <p>Knows nothing of certificate authorities, which are in {@code app.acme}.
 */
@NullMarked
package io.interlock.app.certificates;

import org.jspecify.annotations.NullMarked;
