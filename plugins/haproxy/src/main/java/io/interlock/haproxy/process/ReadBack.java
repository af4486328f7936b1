package io.interlock.haproxy.process;

import io.interlock.haproxy.plan.Actual;
import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.RouteMap;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.StepTargets;
import io.interlock.haproxy.render.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions about what HAProxy has, and the parser of its answers. */
final class ReadBack {

    private static final Pattern FOUND = Pattern.compile(", key=\"([^\"]*)\", value=\"([^\"]*)\"");

    private final StepCommands commands;
    private final CertificateChange certificates;
    private final Layout layout;

    ReadBack(StepCommands commands, CertificateChange certificates, Layout layout) {
        this.certificates = certificates;
        this.commands = commands;
        this.layout = layout;
    }

    /** The questions about what steps touch. */
    List<Command> questions(StepTargets targets) {
        List<Command> questions = new ArrayList<>();
        targets.places().forEach(place -> questions.add(ServerTable.question(place)));
        targets.entries().forEach(key -> questions.add(Command.talking("get map " + commands.line(key))));
        if (targets.certificates()) {
            questions.add(certificates.question());
        }
        return questions;
    }

    /** What the answers to {@link #questions(StepTargets)} say. */
    static Actual actual(StepTargets targets, List<String> answers) {
        Map<String, Map<String, Actual.ActualServer>> servers = new HashMap<>();
        Map<Entry.Key, String> entries = new HashMap<>();
        Iterator<String> next = answers.iterator();
        for (int i = 0; i < targets.places().size(); i++) {
            servers.putAll(ServerTable.parse(next.next()));
        }
        for (Entry.Key key : targets.entries()) {
            Matcher found = FOUND.matcher(next.next());
            // A map of prefixes finds a shorter one, too.
            if (found.find() && found.group(1).equals(key.text())) {
                entries.put(key, found.group(2));
            }
        }
        return new Actual(servers, entries, targets.certificates() ? CertificateChange.shown(next.next()) : Set.of());
    }

    /** The questions about everything. */
    List<Command> questions(Served served) {
        List<Command> questions = new ArrayList<>();
        // Without servers HAProxy answers with the table's head, without entries with nothing at all.
        questions.add(Command.talking("show servers state"));
        served.loadedMaps().forEach(map -> questions.add(Command.quiet("show map " + layout.map(map))));
        if (served.hasCertificates()) {
            questions.add(certificates.question());
        }
        return questions;
    }

    /**
     * What the answers to {@link #questions(Served)} say.
     *
     * @throws IOException if that cannot be
     */
    static Actual actual(Served served, List<String> answers) throws IOException {
        Map<Entry.Key, String> entries = new HashMap<>();
        int next = 1;
        for (RouteMap map : served.loadedMaps()) {
            for (String line : answers.get(next++).lines().toList()) {
                String[] words = line.split(" ", 3);
                if (words.length < 3 || entries.put(new Entry.Key(map, words[1]), words[2]) != null) {
                    throw new IOException("map " + map + " has a line that it should not have: " + line);
                }
            }
        }
        return new Actual(
                ServerTable.parse(answers.getFirst()),
                entries,
                served.hasCertificates() ? CertificateChange.shown(answers.getLast()) : Set.of());
    }
}
