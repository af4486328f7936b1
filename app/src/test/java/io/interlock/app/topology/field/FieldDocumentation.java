package io.interlock.app.topology.field;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the sections of docs/container-data.md that are derived from the table of container fields. */
final class FieldDocumentation {

    /** Fields without a policy, or with one of each server, that the configuration of a backend or listener depends on. */
    private static final Set<ContainerField> STRUCTURAL = EnumSet.of(
            ContainerField.MODE,
            ContainerField.LISTEN,
            ContainerField.MATCH_PATHS,
            ContainerField.MATCH_HEADERS,
            ContainerField.MATCH_COOKIES,
            ContainerField.MATCH_QUERY,
            ContainerField.MATCH_METHODS,
            ContainerField.MATCH_CLIENTS,
            ContainerField.CHECK,
            ContainerField.CHECK_STATUS,
            ContainerField.CHECK_HEADERS,
            ContainerField.BACKEND_OPTIONS,
            ContainerField.MAX_CONN);

    private FieldDocumentation() {}

    /** The fields, line by line. */
    static String fields() {
        StringBuilder table = new StringBuilder("| field | value | example | default | a wrong value |\n");
        table.append("|---|---|---|---|---|\n");
        for (ContainerField field : ContainerField.values()) {
            table.append(row(List.of(
                    code(field.key()),
                    field.documented(),
                    code(field.example()),
                    field.usual(),
                    field.wrongValue().documented())));
            if (field == ContainerField.PATH_MATCH) {
                table.append(row(List.of(
                        code("routes"),
                        "several routes: a list of objects, or an object that names them; at most "
                                + ContainerLimits.ROUTES,
                        code("[{\"path\": \"/\"}, {\"path\": \"/api\"}]"),
                        "the container as a whole",
                        WrongValueEffect.UNCLEAR.documented())));
            }
        }
        return table.toString();
    }

    /** The fields that fail closed. */
    static String protective() {
        return "These fields protect somebody: "
                + Arrays.stream(ContainerField.values())
                        .filter(ContainerField::failsClosed)
                        .map(field -> code(field.key()))
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    /** The fields that belong to a backend's section of HAProxy's configuration. */
    static String reloading() {
        return "The first use of a new combination of these fields can take a reload of HAProxy: "
                + Arrays.stream(ContainerField.values())
                        .filter(field -> STRUCTURAL.contains(field)
                                || PolicyKind.all().stream()
                                        .filter(kind -> !kind.isOfServers())
                                        .anyMatch(kind -> field.asksFor(kind.type())))
                        .map(field -> code(field.key()))
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    /** The fields that apply to connections. */
    static String tcp() {
        return "With `tcp` and `tls` these fields count: "
                + Arrays.stream(ContainerField.values())
                        .filter(ContainerField::isForTcp)
                        .map(field -> code(field.key()))
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    /** The sums that a container may ask for. */
    static String limits() {
        return "| at most | what is more |\n|---|---|\n"
                + row(List.of(
                        number(ContainerLimits.DOCUMENT_LENGTH) + " characters of `INTERLOCK_DATA`",
                        "leaves the container out"))
                + row(List.of(number(ContainerLimits.LABELS) + " labels `interlock.…`", "leaves the container out"))
                + row(List.of(number(ContainerLimits.ROUTES) + " routes", "leaves the container out"))
                + row(List.of(
                        number(ContainerLimits.CONDITIONS) + " conditions (`match_…`) of one route",
                        "leaves the container out"))
                + row(List.of(
                        number(ContainerLimits.ALIASES)
                                + " different names in `alias_domains` of the container and all its routes",
                        "is ignored, the first names count"))
                + row(List.of(
                        number(ValueForm.USUAL_ELEMENTS) + " elements of a list, unless its field says otherwise",
                        "makes it a wrong value"))
                + row(List.of(
                        number(ContainerLimits.FINDINGS) + " findings that leave the container out, and as many others",
                        "is counted"));
    }

    private static String number(int number) {
        return "%,d".formatted(number);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
