package io.interlock.stats.webhook;

/**
 * Counts of one web hook.
 *
 * @param target its scheme, host and port, without what may be a secret
 * @param delivered notices that it accepted
 * @param failed requests that it did not accept
 * @param dropped notices that were lost: too many waited, or it refused them
 * @param waiting notices that wait
 */
public record WebhookCounts(String target, long delivered, long failed, long dropped, long waiting) {}
