package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;

/**
 * A parsed value, with the text that the container gave.
 *
 * @param <T> type of the parsed value
 */
public record FieldSetting<T>(T value, FieldValue source) {}
