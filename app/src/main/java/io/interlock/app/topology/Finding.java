package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerKey;

/**
 * Something about a container that people may want to know: why it is not served, or what was chosen for it.
 *
 * @param severity what it means for the container
 * @param container which container
 * @param containerName its name
 * @param field what of the container it is about: {@code hostname}, {@code INTERLOCK_DATA.port}, {@code label
 *     interlock.port}
 * @param value the value found there, shortened and made printable; empty if there is none
 * @param message what is wrong or was chosen, what was expected, and what was done instead; one line
 */
public record Finding(
        Severity severity, ContainerKey container, String containerName, String field, String value, String message) {

    /** What a finding means for its container, worst last. */
    public enum Severity {
        /** A choice was made that the container left open. */
        CHOICE,
        /** It is served, but something that it asked for was not understood or not taken. */
        IGNORED,
        /** It is not served. */
        LEFT_OUT
    }
}
