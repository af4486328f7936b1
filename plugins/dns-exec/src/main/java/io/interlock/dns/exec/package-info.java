/**
 * DNS provider that runs a program of the operator.
 *
 * <p>Depends on the API, {@code io.interlock.util}, and no other part of Interlock.
 */
@NullMarked
package io.interlock.dns.exec;

import org.jspecify.annotations.NullMarked;
