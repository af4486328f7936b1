@NullMarked
package io.interlock.stats.json;

import org.jspecify.annotations.NullMarked;
