/**
 * Desired state of HAProxy as records: hosts, backends, servers, certificates, maps.
 *
 * <p>Pure; depends on the API alone.
 */
@NullMarked
package io.interlock.haproxy.model;

import org.jspecify.annotations.NullMarked;
