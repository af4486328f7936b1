/** The intake of a real engine: what {@code app.docker} makes of real events, connections that break, and real TLS. */
@NullMarked
package io.interlock.systemtests.intake;

import org.jspecify.annotations.NullMarked;
