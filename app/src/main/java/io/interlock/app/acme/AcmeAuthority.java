package io.interlock.app.acme;

import java.net.URI;

/**
 * A certificate authority with the clients for it.
 *
 * @param directory the URL of its directory
 * @param account logs on
 * @param orders places orders
 */
record AcmeAuthority(URI directory, AcmeAccountClient account, AcmeOrderClient orders) {}
