package io.interlock.nginxproxy;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.api.dialect.DialectTranslation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects fields, routes and findings of one container. */
final class TranslationBuilder {

    private static final int SHOWN = 200;
    private static final int MOST_ELEMENTS = 1_100;

    private final Map<String, DialectField> fields = new TreeMap<>();
    private final Map<String, Map<String, DialectField>> routes = new TreeMap<>();
    private final List<DialectFinding> findings = new ArrayList<>();

    /**
     * Returns the elements of a list with commas, without empty ones. Interlock takes fewer names than are read here.
     */
    static List<String> elements(String text) {
        return Arrays.stream(text.split(",", MOST_ELEMENTS + 1))
                .limit(MOST_ELEMENTS)
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .distinct()
                .toList();
    }

    void field(String field, String source, String value) {
        fields.put(field, DialectField.of(source, value));
    }

    void field(String field, DialectField value) {
        fields.put(field, value);
    }

    void route(String name, Map<String, DialectField> its) {
        routes.put(name, its);
    }

    /** Records what a variable or label means to nginx-proxy, and what is missing. */
    void found(Effect effect, String source, String value, String reason, String advice) {
        findings.add(new DialectFinding(
                effect, source, value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value, reason, advice));
    }

    DialectTranslation build() {
        return new DialectTranslation(fields, routes, findings);
    }
}
