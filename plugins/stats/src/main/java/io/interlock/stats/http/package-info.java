/**
 * HTTP listener of the plugin, separate from the public one: access control, encryption, and the headers of every
 * answer. The caller provides the answers.
 *
 * <p>Depends on the JDK.
 */
@NullMarked
package io.interlock.stats.http;

import org.jspecify.annotations.NullMarked;
