/**
 * What tests of several modules share: fixtures, servers, clients and ports. Production code never depends on it; it
 * depends on the API alone, so that every other module can use it.
 */
@NullMarked
package io.interlock.testsupport;

import org.jspecify.annotations.NullMarked;
