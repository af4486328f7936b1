/**
 * Test support for several modules and the benchmarks; this package contains builders of plugin jars with faults.
 * Production code never depends on it. It depends only on the API of Interlock, so that every other module can use it.
 */
@NullMarked
package io.interlock.testsupport;

import org.jspecify.annotations.NullMarked;
