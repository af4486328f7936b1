package io.interlock.app.topology;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Judges which requests a container asks for, besides names and paths. A wrong one keeps it from being served: it would be sent others'. */
final class MatchReader {

    private final ContainerData data;
    private final Findings findings;
    private final List<Condition> conditions = new ArrayList<>();

    private MatchReader(ContainerData data, Findings findings) {
        this.data = data;
        this.findings = findings;
    }

    /** All have to hold; in the order of {@link io.interlock.api.topology.Route}. */
    static List<Condition> read(ContainerData data, Findings findings) {
        MatchReader reader = new MatchReader(data, findings);
        reader.each(Field.MATCH_HEADERS, ':', Condition.Header::new);
        reader.each(Field.MATCH_COOKIES, '=', Condition.Cookie::new);
        reader.each(Field.MATCH_QUERY, '=', Condition.Query::new);
        reader.whole(
                Field.MATCH_METHODS,
                given -> new Condition.Method(PolicySyntax.list(given, PolicySyntax.text(Function.identity()))));
        reader.whole(
                Field.MATCH_CLIENTS,
                given -> new Condition.Client(PolicySyntax.list(given, PolicySyntax.text(AddressRange::of))));
        return reader.conditions.stream()
                .distinct()
                .sorted(Comparator.comparing(Condition::toString))
                .toList();
    }

    /** A condition for each element: a name, and what follows a separator if there is one. */
    private void each(Field field, char separator, BiFunction<String, Optional<String>, Condition> condition) {
        parse(
                field,
                given -> PolicySyntax.list(given, PolicySyntax.text(text -> {
                    int end = text.indexOf(separator);
                    String value = end < 0 ? "" : text.substring(end + 1).strip();
                    return condition.apply(
                            (end < 0 ? text : text.substring(0, end)).strip(),
                            value.isEmpty() ? Optional.empty() : Optional.of(value));
                })));
    }

    private void whole(Field field, Function<Given, Condition> condition) {
        parse(field, given -> List.of(condition.apply(given)));
    }

    private void parse(Field field, Function<Given, List<Condition>> parse) {
        data.get(field).ifPresent(given -> {
            try {
                conditions.addAll(parse.apply(given));
                if (conditions.size() > ContainerLimits.CONDITIONS) {
                    throw PolicySyntax.expected("at most " + ContainerLimits.CONDITIONS + " conditions in all");
                }
            } catch (IllegalArgumentException e) {
                findings.wrong(field, given, String.valueOf(e.getMessage()));
            }
        });
    }
}
