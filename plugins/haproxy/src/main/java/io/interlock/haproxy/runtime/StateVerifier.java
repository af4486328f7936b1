package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.plan.ObservedState;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.StepTargets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that read the state of HAProxy, and the parser of their answers. */
final class StateVerifier {

    private static final Pattern FOUND = Pattern.compile(", key=\"([^\"]*)\", value=\"([^\"]*)\"");

    private final StepCommands commands;
    private final CertificateUpdater certificates;
    private final HaproxyPaths layout;

    StateVerifier(StepCommands commands, CertificateUpdater certificates, HaproxyPaths layout) {
        this.certificates = certificates;
        this.commands = commands;
        this.layout = layout;
    }

    /** The commands that read the targets of steps. */
    List<RuntimeCommand> questions(StepTargets targets) {
        List<RuntimeCommand> questions = new ArrayList<>();
        targets.places().forEach(place -> questions.add(ServerStateTable.question(place)));
        targets.entries().forEach(key -> questions.add(RuntimeCommand.talking("get map " + commands.line(key))));
        if (targets.certificates()) {
            questions.add(certificates.question());
        }
        return questions;
    }

    /** The state in the answers to {@link #questions(StepTargets)}. */
    static ObservedState actual(StepTargets targets, List<String> answers) {
        Map<String, Map<String, ObservedState.ObservedServer>> servers = new HashMap<>();
        Map<MapEntry.Key, String> entries = new HashMap<>();
        Iterator<String> next = answers.iterator();
        for (int i = 0; i < targets.places().size(); i++) {
            servers.putAll(ServerStateTable.parse(next.next()));
        }
        for (MapEntry.Key key : targets.entries()) {
            Matcher found = FOUND.matcher(next.next());
            // A map of prefixes also finds shorter keys.
            if (found.find() && found.group(1).equals(key.text())) {
                entries.put(key, found.group(2));
            }
        }
        return new ObservedState(
                servers, entries, targets.certificates() ? CertificateUpdater.shown(next.next()) : Set.of());
    }

    /** The commands that read the complete state. */
    List<RuntimeCommand> questions(ProxyState served) {
        List<RuntimeCommand> questions = new ArrayList<>();
        // Without servers HAProxy answers with the head of the table, without entries with nothing.
        questions.add(RuntimeCommand.talking("show servers state"));
        if (served.addsBackends()) {
            questions.add(RuntimeCommand.talking("show backend"));
        }
        served.loadedMaps().forEach(map -> questions.add(RuntimeCommand.quiet("show map " + layout.map(map))));
        if (served.hasCertificates()) {
            questions.add(certificates.question());
        }
        return questions;
    }

    /**
     * The state in the answers to {@link #questions(ProxyState)}.
     *
     * @throws IOException if the answers are not plausible
     */
    static ObservedState actual(ProxyState served, List<String> answers) throws IOException {
        Map<MapEntry.Key, String> entries = new HashMap<>();
        int next = 1;
        Set<String> backends =
                served.addsBackends() ? Set.copyOf(answers.get(next++).lines().toList()) : Set.of();
        for (HaproxyMap map : served.loadedMaps()) {
            for (String line : answers.get(next++).lines().toList()) {
                String[] words = line.split(" ", 3);
                if (words.length < 3 || entries.put(new MapEntry.Key(map, words[1]), words[2]) != null) {
                    throw new IOException("map " + map + " has a line that it should not have: " + line);
                }
            }
        }
        return new ObservedState(
                ServerStateTable.parse(answers.getFirst()),
                entries,
                served.hasCertificates() ? CertificateUpdater.shown(answers.getLast()) : Set.of(),
                backends);
    }
}
