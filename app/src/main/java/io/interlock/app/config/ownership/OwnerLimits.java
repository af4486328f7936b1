package io.interlock.app.config.ownership;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Limits of the sum over all containers of an owner. Older containers come first. Each is empty if there is no limit.
 *
 * @param names different host names
 * @param containers containers that are served
 * @param hashCost milliseconds that a usual processor takes to hash a password of each user once
 * @param expressions host names that are regular expressions
 */
public record OwnerLimits(OptionalInt names, OptionalInt containers, OptionalInt hashCost, OptionalInt expressions) {

    public static final OwnerLimits NONE =
            new OwnerLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    OwnerLimits lower(OwnerLimits other) {
        return new OwnerLimits(
                lower(names, other.names),
                lower(containers, other.containers),
                lower(hashCost, other.hashCost),
                lower(expressions, other.expressions));
    }

    private static OptionalInt lower(OptionalInt one, OptionalInt other) {
        return IntStream.concat(one.stream(), other.stream()).min();
    }
}
