@NullMarked
package io.interlock.haproxy.model;

import org.jspecify.annotations.NullMarked;
