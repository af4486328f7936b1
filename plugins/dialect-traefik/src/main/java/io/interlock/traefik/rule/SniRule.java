package io.interlock.traefik.rule;

import io.interlock.api.topology.HostName;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule of a router for TCP: the names that clients of TLS may ask for.
 *
 * @param names in Interlock's form; {@code *} alone for all
 */
public record SniRule(List<String> names) {

    private static final String EVERYTHING = "*";

    /** Whether all connections are meant. */
    public boolean isEverything() {
        return names.equals(List.of(EVERYTHING));
    }

    /**
     * @throws RuleException if the rule is malformed, or asks for anything but {@code HostSNI}
     */
    public static SniRule of(String rule) throws RuleException {
        List<String> names = new ArrayList<>();
        for (List<RuleExpression.Condition> conditions : RuleNormalizer.alternatives(RuleParser.parse(rule))) {
            if (conditions.size() != 1 || !conditions.getFirst().name().equals("HostSNI")) {
                throw new RuleException("has a condition other than HostSNI, for which there is no field");
            }
            for (String argument : conditions.getFirst().arguments()) {
                try {
                    names.add(
                            argument.equals(EVERYTHING)
                                    ? EVERYTHING
                                    : HostName.of(argument).value());
                } catch (IllegalArgumentException e) {
                    throw new RuleException("has a name that Interlock cannot serve: " + e.getMessage());
                }
            }
        }
        if (names.isEmpty()) {
            throw new RuleException("has no name");
        }
        return new SniRule(
                names.contains(EVERYTHING)
                        ? List.of(EVERYTHING)
                        : names.stream().distinct().toList());
    }
}
