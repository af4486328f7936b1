/**
 * Program and processes of HAProxy: finds the binary ({@link io.interlock.haproxy.process.HaproxyBinary}), validates a
 * configuration with it ({@link io.interlock.haproxy.process.ConfigValidator}), and reads its log and alerts. A failure
 * is a {@link io.interlock.haproxy.process.HaproxyException}.
 *
 * <p>Depends on {@code haproxy.model}.
 */
@NullMarked
package io.interlock.haproxy.process;

import org.jspecify.annotations.NullMarked;
