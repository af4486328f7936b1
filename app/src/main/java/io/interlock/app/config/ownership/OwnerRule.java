package io.interlock.app.config.ownership;

/**
 * Rule of ownership.
 *
 * @param owner the owner of the containers that are selected
 * @param who selects containers
 * @param may what they may ask for
 */
public record OwnerRule(OwnerId owner, OwnerSelector who, OwnerGrant may) {}
