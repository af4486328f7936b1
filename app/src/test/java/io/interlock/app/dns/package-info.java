@NullMarked
package io.interlock.app.dns;

import org.jspecify.annotations.NullMarked;
