/**
 * Web hooks: tells other programs over HTTP when problems begin and end. The decision what to tell is pure; one thread for
 * each hook sends.
 */
@NullMarked
package io.interlock.stats.webhook;

import org.jspecify.annotations.NullMarked;
