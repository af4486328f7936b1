package io.interlock.api.status;

import io.interlock.api.Experimental;

/**
 * Status of a statistics sink, with counters since it was opened.
 *
 * @param pluginId the plugin that it belongs to
 * @param accepted snapshots that it took
 * @param skipped snapshots that it did not get, because it was busy with an earlier one
 * @param failed snapshots for which it threw an exception or exceeded its time limit
 * @param lastFailure its last failure, for people; empty if there was none
 */
@Experimental
public record SinkStatus(String pluginId, long accepted, long skipped, long failed, String lastFailure) {}
