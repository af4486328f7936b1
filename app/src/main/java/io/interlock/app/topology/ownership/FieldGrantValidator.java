package io.interlock.app.topology.ownership;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.topology.field.ContainerField;
import java.util.List;
import java.util.TreeSet;

/** Refuses rules of ownership that name a field which no container can give: the field that was meant would be open. */
public final class FieldGrantValidator {

    private FieldGrantValidator() {}

    public static List<ConfigProblem> problems(ConfigResult.Valid configuration) {
        TreeSet<String> named = new TreeSet<>();
        configuration.config().containerPolicy().ownership().rules().forEach(rule -> {
            named.addAll(rule.may().without());
            rule.may().fields().ifPresent(named::addAll);
        });
        return named.stream()
                .filter(name -> ContainerField.ofKey(name).isEmpty())
                .map(name -> new ConfigProblem(
                        configuration.locations().of(JsonPaths.member(JsonPaths.ROOT, ConfigKeys.OWNERSHIP.name())),
                        "fields that containers may give",
                        "\"" + name + "\""))
                .toList();
    }
}
