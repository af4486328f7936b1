/**
 * What tests of several modules and the benchmarks share: in this package the jars of plugins that do what they should not. Production
 * code never depends on it; of Interlock it depends on the API alone, so that every other module can use it.
 */
@NullMarked
package io.interlock.testsupport;

import org.jspecify.annotations.NullMarked;
