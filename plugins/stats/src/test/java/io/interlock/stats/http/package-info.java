@NullMarked
package io.interlock.stats.http;

import org.jspecify.annotations.NullMarked;
