package io.interlock.app.config.ownership;

import java.util.Optional;

/**
 * Owner of a container.
 *
 * @param grant what the rule allows that selected the container; empty: there are no rules, and everything is allowed
 */
public record OwnerAssignment(OwnerId owner, Optional<OwnerGrant> grant) {}
