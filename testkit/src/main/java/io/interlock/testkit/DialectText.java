package io.interlock.testkit;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectTranslation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Text of a translation for tables in tests: {@code hostname=a.example.com port=80 /admin: path=/admin; LOST label}. Elements of a
 * list are separated by {@code |}. Of a finding it has the effect and the source.
 */
public final class DialectText {

    private DialectText() {}

    /** Returns the fields of the container, then those of each route after its name, then the findings. */
    public static String of(DialectTranslation translation) {
        List<String> parts = new ArrayList<>();
        translation.fields().forEach((field, given) -> parts.add(text(field, given)));
        for (Map.Entry<String, Map<String, DialectField>> route :
                translation.routes().entrySet()) {
            parts.add("[" + route.getKey() + "]");
            route.getValue().forEach((field, given) -> parts.add(text(field, given)));
        }
        String fields = String.join(" ", parts);
        List<String> findings = translation.findings().stream()
                .map(finding -> finding.effect() + " " + finding.source())
                .distinct()
                .toList();
        return findings.isEmpty() ? fields : (fields + "; " + String.join("; ", findings)).strip();
    }

    private static String text(String field, DialectField given) {
        return field + "=" + String.join("|", given.values());
    }
}
