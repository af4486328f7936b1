package io.interlock.app.topology.options;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.field.PathSyntax;
import io.interlock.app.topology.field.SingleFieldPolicySyntax;
import io.interlock.app.topology.findings.FieldValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the conditions of the requests that a container asks for, beside names and paths. A wrong condition leaves the
 * container out, because it would get requests for others.
 */
final class ConditionReader {

    private final ContainerData data;
    private final FindingCollector findings;
    private final List<RouteCondition> conditions = new ArrayList<>();

    private ConditionReader(ContainerData data, FindingCollector findings) {
        this.data = data;
        this.findings = findings;
    }

    /** Returns the conditions, all of which must hold, in the order of {@link io.interlock.api.topology.Route}. */
    static List<RouteCondition> read(ContainerData data, FindingCollector findings) {
        ConditionReader reader = new ConditionReader(data, findings);
        reader.exactPath();
        reader.whole(
                ContainerField.MATCH_PATHS,
                given -> new RouteCondition.Path(
                        SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(PathExpression::of))));
        reader.each(ContainerField.MATCH_HEADERS, ':', RouteCondition.Header::new);
        reader.each(ContainerField.MATCH_COOKIES, '=', RouteCondition.Cookie::new);
        reader.each(ContainerField.MATCH_QUERY, '=', RouteCondition.Query::new);
        reader.whole(
                ContainerField.MATCH_METHODS,
                given -> new RouteCondition.Method(
                        SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(Function.identity()))));
        reader.whole(
                ContainerField.MATCH_CLIENTS,
                given -> new RouteCondition.Client(
                        SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(AddressRange::of))));
        return reader.conditions.stream()
                .distinct()
                .sorted(Comparator.comparing(RouteCondition::toString))
                .toList();
    }

    private void exactPath() {
        parse(ContainerField.PATH_MATCH, given -> switch (given.text().orElse("")) {
            case "prefix" -> List.of();
            case "exact" ->
                List.of(new RouteCondition.ExactPath(PathSyntax.isFolder(
                        data.get(ContainerField.PATH).flatMap(FieldValue::text).orElse(Route.EVERYTHING))));
            default -> throw SingleFieldPolicySyntax.expected("prefix or exact");
        });
    }

    /** Reads a condition from each element: a name, and the value after the separator if there is one. */
    private void each(
            ContainerField field, char separator, BiFunction<String, Optional<String>, RouteCondition> condition) {
        parse(
                field,
                given -> SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(text -> {
                    int end = text.indexOf(separator);
                    String value = end < 0 ? "" : text.substring(end + 1).strip();
                    return condition.apply(
                            (end < 0 ? text : text.substring(0, end)).strip(),
                            value.isEmpty() ? Optional.empty() : Optional.of(value));
                })));
    }

    private void whole(ContainerField field, Function<FieldValue, RouteCondition> condition) {
        parse(field, given -> List.of(condition.apply(given)));
    }

    private void parse(ContainerField field, Function<FieldValue, List<RouteCondition>> parse) {
        data.get(field).ifPresent(given -> {
            try {
                conditions.addAll(parse.apply(given));
                if (conditions.size() > ContainerLimits.CONDITIONS) {
                    throw SingleFieldPolicySyntax.expected(
                            "at most " + ContainerLimits.CONDITIONS + " conditions in all");
                }
            } catch (IllegalArgumentException e) {
                findings.wrong(field, given, String.valueOf(e.getMessage()));
            }
        });
    }
}
