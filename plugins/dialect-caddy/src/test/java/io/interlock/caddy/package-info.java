@NullMarked
package io.interlock.caddy;

import org.jspecify.annotations.NullMarked;
