package io.interlock.app.topology;

/**
 * A value that was understood, with what the container wrote.
 *
 * @param <T> what it means
 */
record Setting<T>(T value, Given given) {}
