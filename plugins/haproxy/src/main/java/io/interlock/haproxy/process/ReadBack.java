package io.interlock.haproxy.process;

import io.interlock.haproxy.plan.Actual;
import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.RouteMap;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.Step;
import io.interlock.haproxy.render.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks HAProxy what it has, and compares that with what it should have. */
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

    /** The questions about what these steps touch. */
    List<Command> of(List<? extends Step> steps) {
        List<Command> questions = new ArrayList<>();
        places(steps).forEach(place -> questions.add(servers(place)));
        entries(steps).forEach(key -> questions.add(Command.talking("get map " + commands.line(key))));
        if (touchesCertificates(steps)) {
            questions.add(certificates.question());
        }
        return questions;
    }

    /** What the answers say that is not as it should be. */
    List<String> differences(Served served, List<? extends Step> steps, List<String> answers) {
        List<String> differences = new ArrayList<>();
        int next = 0;
        for (String place : places(steps)) {
            differences.addAll(ServerTable.parse(answers.get(next++)).differences(served, place));
        }
        for (Entry.Key key : entries(steps)) {
            Matcher found = FOUND.matcher(answers.get(next++));
            // A map of prefixes finds a shorter one, too.
            Optional<String> value =
                    found.find() && found.group(1).equals(key.text()) ? Optional.of(found.group(2)) : Optional.empty();
            difference(served, key, value).ifPresent(differences::add);
        }
        if (touchesCertificates(steps)) {
            differences.addAll(CertificateChange.differences(served, answers.get(next)));
        }
        return differences;
    }

    static Command servers(String place) {
        return Command.talking("show servers state " + place);
    }

    /** The questions about everything. */
    List<Command> everything(Served served) {
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
     * What the answers to {@link #everything} say.
     *
     * @throws IOException if that cannot be
     */
    Actual actual(Served served, List<String> answers) throws IOException {
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
                ServerTable.parse(answers.getFirst()).servers(),
                entries,
                served.hasCertificates() ? CertificateChange.shown(answers.getLast()) : Set.of());
    }

    /** What the answers say that is not as it should be. */
    List<String> allDifferences(Served served, List<String> answers) {
        List<String> differences = new ArrayList<>();
        ServerTable table = ServerTable.parse(answers.getFirst());
        Set<String> places = new HashSet<>(served.placesWithServers());
        table.places().forEach(places::add);
        places.forEach(place -> differences.addAll(table.differences(served, place)));
        int next = 1;
        Map<Entry.Key, String> actual = new HashMap<>();
        for (RouteMap map : served.loadedMaps()) {
            for (String line : answers.get(next++).lines().toList()) {
                String[] words = line.split(" ", 3);
                if (words.length < 3 || actual.put(new Entry.Key(map, words[1]), words[2]) != null) {
                    differences.add("map " + map + " has a line that it should not have: " + line);
                }
            }
        }
        if (served.hasCertificates()) {
            differences.addAll(CertificateChange.differences(served, answers.getLast()));
        }
        Set<Entry.Key> keys = new HashSet<>(served.entries().keySet());
        keys.addAll(actual.keySet());
        keys.forEach(key ->
                difference(served, key, Optional.ofNullable(actual.get(key))).ifPresent(differences::add));
        return differences;
    }

    private static Optional<String> difference(Served served, Entry.Key key, Optional<String> actual) {
        Optional<String> expected = Optional.ofNullable(served.entries().get(key));
        return actual.equals(expected)
                ? Optional.empty()
                : Optional.of(key.text() + " leads to " + actual.orElse("nothing") + ", not to "
                        + expected.orElse("nothing"));
    }

    private static boolean touchesCertificates(List<? extends Step> steps) {
        return steps.stream().anyMatch(Step.OnCertificate.class::isInstance);
    }

    private static List<String> places(List<? extends Step> steps) {
        return steps.stream()
                .filter(step -> step instanceof Step.OnServer)
                .map(step -> ((Step.OnServer) step).place())
                .distinct()
                .toList();
    }

    private static List<Entry.Key> entries(List<? extends Step> steps) {
        return steps.stream()
                .filter(step -> step instanceof Step.OnEntry)
                .map(step -> ((Step.OnEntry) step).key())
                .toList();
    }
}
