package io.interlock.api.status;

import io.interlock.api.Experimental;

/**
 * How a statistics sink keeps up; counts since it was opened.
 *
 * @param pluginId which plugin it is of
 * @param accepted snapshots that it took
 * @param skipped snapshots that it never saw, because it was busy with an earlier one
 * @param failed snapshots on which it threw or overran its deadline
 * @param lastFailure why it last failed, for people; empty if it never did
 */
@Experimental
public record SinkStatus(String pluginId, long accepted, long skipped, long failed, String lastFailure) {}
