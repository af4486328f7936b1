package io.interlock.caddy;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.caddy.label.CaddyDirective;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Findings of one container, each once. */
final class CaddyFindings {

    private static final int SHOWN = 200;
    private static final int MOST = 10_000;

    private final Set<DialectFinding> found = new LinkedHashSet<>();

    void lost(CaddyDirective directive, String reason) {
        add(Effect.LOST, directive, reason, "");
    }

    void differs(CaddyDirective directive, String reason) {
        add(Effect.DIFFERS, directive, reason, "");
    }

    void closed(CaddyDirective directive, String reason) {
        add(
                Effect.CLOSED,
                directive,
                reason,
                "protect the container with fields of Interlock's, and remove the directive");
    }

    void leftOut(CaddyDirective directive, String reason, String advice) {
        add(Effect.LEFT_OUT, directive, reason, advice);
    }

    private void add(Effect effect, CaddyDirective directive, String reason, String advice) {
        if (found.size() < MOST) {
            String text = String.join(" ", directive.arguments());
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            // Hashes of passwords and headers may be secrets.
            String label = directive.label().toLowerCase(Locale.ROOT);
            boolean secret = Stream.of("auth", "header", "import").anyMatch(label::contains);
            found.add(new DialectFinding(effect, directive.label(), secret ? "" : shown, reason, advice));
        }
    }

    List<DialectFinding> all() {
        return List.copyOf(found);
    }
}
