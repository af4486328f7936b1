/** Requests through a real HAProxy to applications of other projects, which decide by themselves what they protect. */
package io.interlock.haproxy.application;
