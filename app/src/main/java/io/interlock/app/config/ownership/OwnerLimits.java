package io.interlock.app.config.ownership;

import java.util.OptionalInt;

/**
 * Limits of the sum over all containers of an owner. Older containers come first. Each is empty if there is no limit.
 *
 * @param names different host names
 * @param containers containers that are served
 * @param hashCost rounds of password hashes, in thousands
 * @param expressions host names that are regular expressions
 */
public record OwnerLimits(OptionalInt names, OptionalInt containers, OptionalInt hashCost, OptionalInt expressions) {

    public static final OwnerLimits NONE =
            new OwnerLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
