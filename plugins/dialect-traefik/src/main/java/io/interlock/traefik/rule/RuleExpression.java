package io.interlock.traefik.rule;

import java.util.List;

/** Parsed rule. */
sealed interface RuleExpression {

    /**
     * Condition such as {@code Host(`a.example.com`)}.
     *
     * @param name as written
     * @param arguments without their quotes
     */
    record Condition(String name, List<String> arguments) implements RuleExpression {}

    /** All must hold. */
    record Conjunction(List<RuleExpression> parts) implements RuleExpression {}

    /** One must hold. */
    record Alternative(List<RuleExpression> parts) implements RuleExpression {}

    /** The opposite must hold. */
    record Negation(RuleExpression part) implements RuleExpression {}
}
