@NullMarked
package io.interlock.nginxproxy;

import org.jspecify.annotations.NullMarked;
