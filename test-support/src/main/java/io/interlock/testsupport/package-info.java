/**
 * What tests of several modules share: fixtures, servers, clients and ports. Production code never depends on it, and it
 * depends on no module of Interlock, so that every module can use it.
 */
@NullMarked
package io.interlock.testsupport;

import org.jspecify.annotations.NullMarked;
