package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;

/**
 * A value that was understood, with what the container wrote.
 *
 * @param <T> what it means
 */
public record FieldSetting<T>(T value, FieldValue source) {}
