package io.interlock.stats.webhook;

import java.util.List;

/**
 * Body of a request to a web hook.
 *
 * @param version Interlock's version
 * @param host name of the host or container that Interlock runs on
 * @param dropped number of notices that were lost before these, because the hook was not reached for too long
 * @param notices in order
 */
record WebhookDelivery(String version, String host, long dropped, List<ProblemNotice> notices) {}
