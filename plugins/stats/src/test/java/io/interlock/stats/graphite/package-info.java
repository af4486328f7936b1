@NullMarked
package io.interlock.stats.graphite;

import org.jspecify.annotations.NullMarked;
