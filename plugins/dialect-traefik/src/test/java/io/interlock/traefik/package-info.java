@NullMarked
package io.interlock.traefik;

import org.jspecify.annotations.NullMarked;
