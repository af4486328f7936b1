package io.interlock.traefik.rule;

import io.interlock.traefik.rule.RuleExpression.Alternative;
import io.interlock.traefik.rule.RuleExpression.Condition;
import io.interlock.traefik.rule.RuleExpression.Conjunction;
import io.interlock.traefik.rule.RuleExpression.Negation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings rules into alternatives of conditions that must all hold. */
final class RuleNormalizer {

    /** One more than a container may have routes. */
    private static final int MOST_ALTERNATIVES = 51;

    /** Conditions whose arguments are alternatives, so that several of them can be one. */
    private static final Set<String> OF_ALTERNATIVES = Set.of("Host", "HostHeader", "HostRegexp", "Method", "ClientIP");

    private RuleNormalizer() {}

    /** Returns the alternatives. */
    static List<List<Condition>> alternatives(RuleExpression rule) throws RuleException {
        return of(rule, false);
    }

    private static List<List<Condition>> of(RuleExpression rule, boolean negated) throws RuleException {
        return switch (rule) {
            case Condition condition -> {
                if (negated) {
                    throw new RuleException("has !" + condition.name() + ", for which there is no field");
                }
                yield List.of(List.of(condition));
            }
            case Negation negation -> of(negation.part(), !negated);
            case Conjunction all -> negated ? union(all.parts(), true) : product(all.parts(), false);
            case Alternative any -> negated ? product(any.parts(), true) : union(any.parts(), false);
        };
    }

    private static List<List<Condition>> union(List<RuleExpression> parts, boolean negated) throws RuleException {
        Map<String, Set<String>> merged = new LinkedHashMap<>();
        List<List<Condition>> alternatives = new ArrayList<>();
        for (RuleExpression part : parts) {
            for (List<Condition> conditions : of(part, negated)) {
                Condition first = conditions.getFirst();
                if (conditions.size() == 1 && OF_ALTERNATIVES.contains(first.name())) {
                    merged.computeIfAbsent(first.name(), any -> new LinkedHashSet<>())
                            .addAll(first.arguments());
                } else {
                    alternatives.add(conditions);
                }
            }
        }
        List<List<Condition>> all = new ArrayList<>();
        merged.forEach((name, arguments) -> all.add(List.of(new Condition(name, List.copyOf(arguments)))));
        all.addAll(alternatives);
        return bounded(all);
    }

    private static List<List<Condition>> product(List<RuleExpression> parts, boolean negated) throws RuleException {
        List<List<Condition>> product = List.of(List.of());
        for (RuleExpression part : parts) {
            List<List<Condition>> factors = of(part, negated);
            List<List<Condition>> next = new ArrayList<>();
            for (List<Condition> conditions : product) {
                for (List<Condition> factor : factors) {
                    List<Condition> joined = new ArrayList<>(conditions);
                    joined.addAll(factor);
                    next.add(joined);
                }
                bounded(next);
            }
            product = next;
        }
        return product;
    }

    private static List<List<Condition>> bounded(List<List<Condition>> alternatives) throws RuleException {
        if (alternatives.size() > MOST_ALTERNATIVES) {
            throw new RuleException("has more than " + MOST_ALTERNATIVES + " alternatives");
        }
        return alternatives;
    }
}
