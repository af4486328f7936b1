@NullMarked
package io.interlock.stats;

import org.jspecify.annotations.NullMarked;
