package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.Finding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a field takes, from the place of a finding. */
public final class FieldAdvisor {

    private static final Pattern PLACE = Pattern.compile(
            "(?:INTERLOCK_DATA\\.|[A-Za-z0-9_.-]+\\.json\\.|label interlock\\.)(?:routes(?:\\[\\d+]|\\.[A-Za-z0-9_-]+)\\.)?(.+)");
    private static final Pattern NUMBER = Pattern.compile("(?:\\[\\d+]|\\.\\d+)+$");

    private FieldAdvisor() {}

    /**
     * What the field takes that stands at a place, or was probably meant there, with an example.
     *
     * @param place as {@link Finding#field} has it
     */
    public static Optional<String> of(String place) {
        Matcher matcher = PLACE.matcher(place);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String key = NUMBER.matcher(matcher.group(1)).replaceFirst("");
        return ContainerField.ofKey(key)
                .map(FieldAdvisor::takes)
                .or(() -> FieldNameResolver.of(key)
                        .field()
                        .map(field -> "probably " + field.key() + ", " + takes(field)));
    }

    private static String takes(ContainerField field) {
        return field.documented().replace("`", "") + "; for example " + field.example();
    }
}
