/**
 * What HAProxy counts, in the API's terms: the answers to {@code show stat} and {@code show info}, read and translated.
 * Pure; asking is {@code process}' matter.
 *
 * <p>Depends on the API and {@code plan}.
 */
@NullMarked
package io.interlock.haproxy.stats;

import org.jspecify.annotations.NullMarked;
