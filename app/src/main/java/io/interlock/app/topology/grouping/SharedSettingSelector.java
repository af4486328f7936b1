package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.field.FieldSetting;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.options.ContainerSettings;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Selects the settings that a backend can have only once, and records findings for containers that ask for different
 * values and for the container that counts.
 */
final class SharedSettingSelector {

    private final HostName name;
    private final List<ServerCandidate> candidates;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param name the name of the backend, for findings
     * @param candidates oldest first; not empty
     */
    SharedSettingSelector(HostName name, List<ServerCandidate> candidates) {
        this.name = name;
        this.candidates = candidates;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The value of the oldest container, also if it has none: a newer container must not change how others are served. */
    <T> Optional<T> oldest(Function<ContainerSettings, Optional<FieldSetting<T>>> setting) {
        return of(candidates.getFirst(), "the oldest container of " + name, setting);
    }

    /** The value of the oldest container that has one. */
    <T> Optional<T> oldestThatAsks(Function<ContainerSettings, Optional<FieldSetting<T>>> setting) {
        return candidates.stream()
                .filter(candidate -> setting.apply(candidate.settings()).isPresent())
                .findFirst()
                .flatMap(winner -> of(winner, "the oldest container of " + name + " that asks", setting));
    }

    private <T> Optional<T> of(
            ServerCandidate winner, String role, Function<ContainerSettings, Optional<FieldSetting<T>>> setting) {
        Optional<FieldSetting<T>> chosen = setting.apply(winner.settings());
        Optional<T> value = chosen.map(FieldSetting::value);
        List<ServerCandidate> others = candidates.stream()
                .filter(candidate -> setting.apply(candidate.settings())
                        .filter(other -> !Optional.of(other.value()).equals(value))
                        .isPresent())
                .toList();
        String reason = chosen.isPresent()
                ? "differs from what " + shown(winner) + " asks for, " + role
                : shown(winner) + ", " + role + ", does not ask for it";
        for (ServerCandidate other : others) {
            setting.apply(other.settings())
                    .ifPresent(its -> findings.add(finding(Severity.IGNORED, other, its, FindingText.ignored(reason))));
        }
        if (!others.isEmpty()) {
            ServerCandidate first = others.getFirst();
            String more = others.size() > 1 ? " and " + (others.size() - 1) + " more" : "";
            FieldSetting<T> shown =
                    chosen.or(() -> setting.apply(first.settings())).orElseThrow();
            findings.add(finding(
                    Severity.CHOICE,
                    winner,
                    shown,
                    FindingText.of(
                            shown(first) + more + (others.size() > 1 ? " ask" : " asks") + " for something else",
                            "this container counts, " + role)));
        }
        return value;
    }

    private static String shown(ServerCandidate candidate) {
        return candidate.containerName() + " (" + candidate.key() + ")";
    }

    private static <T> Finding finding(
            Severity severity, ServerCandidate candidate, FieldSetting<T> setting, FindingText text) {
        return new Finding(
                severity,
                candidate.key(),
                candidate.containerName(),
                setting.source().place(),
                PrintableText.of(setting.source().shown()),
                text);
    }
}
