@NullMarked
package io.interlock.stats.webhook;

import org.jspecify.annotations.NullMarked;
