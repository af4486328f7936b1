package io.interlock.traefik;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectFinding.Effect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Records findings of one container, each once. */
final class FindingRecorder {

    private static final int SHOWN = 200;
    private static final int MOST = 10_000;

    private final Set<DialectFinding> found = new LinkedHashSet<>();

    void lost(LabelValue given, String reason) {
        add(Effect.LOST, given, reason, "");
    }

    void differs(LabelValue given, String reason) {
        add(Effect.DIFFERS, given, reason, "");
    }

    void closed(LabelValue given, String reason, String advice) {
        add(Effect.CLOSED, given, reason, advice);
    }

    void leftOut(LabelValue given, String reason, String advice) {
        add(Effect.LEFT_OUT, given, reason, advice);
    }

    private void add(Effect effect, LabelValue given, String reason, String advice) {
        if (found.size() < MOST) {
            String shown = given.text().length() > SHOWN ? given.text().substring(0, SHOWN) + "…" : given.text();
            // Labels of users and headers may have secrets.
            String label = given.label().toLowerCase(Locale.ROOT);
            boolean secret = Stream.of("auth", "headers", "plugin").anyMatch(label::contains);
            found.add(new DialectFinding(effect, given.label(), secret ? "" : shown, reason, advice));
        }
    }

    List<DialectFinding> findings() {
        return List.copyOf(found);
    }
}
