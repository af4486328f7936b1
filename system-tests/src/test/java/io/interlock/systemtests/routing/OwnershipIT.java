package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.SampleContainerBuilder;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks on a site by a container of another owner on the same engine, under load. */
@Tag("engine")
class OwnershipIT {

    private static final int SAMPLE = 8;
    private static final String PROJECT = "com.docker.compose.project";
    /** Fields by which a container asks for requests of its own, which without rules it gets. */
    private static final Pattern OWN_ROUTE = Pattern.compile("path|path_match|priority|match_.*|strip_path|routes");

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private final String victims = LocalEngine.uniqueName("shop");

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void withRulesNoFieldGetsAnotherOwnerARequest() throws IOException, InterruptedException {
        assertNoRequestGetsToAnotherOwner(sample());
    }

    @Tag("slow")
    @Test
    void withRulesNoneOfAllFieldsGetsAnotherOwnerARequest() throws IOException, InterruptedException {
        assertNoRequestGetsToAnotherOwner(FieldAttacks.BY_FIELD);
    }

    @Test
    void withoutRulesNoFieldOfAnotherOwnerBreaksTheSite() throws IOException, InterruptedException {
        assertNoFieldBreaksTheSite(sample());
    }

    @Tag("slow")
    @Test
    void withoutRulesNoneOfAllFieldsOfAnotherOwnerBreaksTheSite() throws IOException, InterruptedException {
        assertNoFieldBreaksTheSite(FieldAttacks.BY_FIELD);
    }

    private static Map<String, String> sample() {
        long seed = System.nanoTime();
        List<String> fields = new ArrayList<>(FieldAttacks.BY_FIELD.keySet());
        Collections.shuffle(fields, new Random(seed));
        fields.subList(SAMPLE, fields.size()).clear();
        System.out.println("attacks with " + fields + ", seed " + seed);
        Map<String, String> sample = new TreeMap<>(FieldAttacks.BY_FIELD);
        sample.keySet().retainAll(fields);
        return sample;
    }

    private void assertNoRequestGetsToAnotherOwner(Map<String, String> attacks)
            throws IOException, InterruptedException {
        try (InterlockProcess interlock = start(true)) {
            SampleContainer victim = victim().start();
            interlock.awaitServedBy(victim, host);
            try (RepeatedReader reader = new RepeatedReader(interlock)) {
                for (Map.Entry<String, String> attack : attacks.entrySet()) {
                    SampleContainer joiner = joiner(attack).start();
                    interlock.awaitLogged("container " + joiner.name(), host + " belongs to shop");
                    reader.awaitMore();
                    joiner.remove();
                }
                assertThat(reader.stop()).containsOnlyKeys("200 " + victim.name());
            }
        }
    }

    private void assertNoFieldBreaksTheSite(Map<String, String> attacks) throws IOException, InterruptedException {
        try (InterlockProcess interlock = start(false)) {
            SampleContainer victim = victim().start();
            interlock.awaitServedBy(victim, host);
            for (Map.Entry<String, String> attack : attacks.entrySet()) {
                if (OWN_ROUTE.matcher(attack.getKey()).matches()) {
                    continue;
                }
                try (RepeatedReader reader = new RepeatedReader(interlock)) {
                    SampleContainer joiner = joiner(attack).start();
                    interlock.awaitLogged("container " + joiner.name(), "belongs to project " + victims);
                    reader.awaitMore();
                    joiner.stop();
                    reader.awaitMore();
                    joiner.remove();
                    assertThat(reader.stop())
                            .as(attack.toString())
                            .containsKey("200 " + victim.name())
                            .allSatisfy((answer, count) -> assertThat(answer).startsWith("200 "));
                }
            }
        }
    }

    @Test
    void aNameThatIsKeptIsAnsweredWith503AndNotByAWildcardOfAnother() throws IOException {
        try (InterlockProcess interlock = start(false)) {
            SampleContainer victim = victim().start();
            interlock.awaitServedBy(victim, host);
            SampleContainer wide = container("other")
                    .data("{\"alias_domains\": [\"*." + host.substring(host.indexOf('.') + 1) + "\", \"*\"]}")
                    .start();
            interlock.awaitServedBy(wide, "x" + host);
            victim.remove();

            interlock.awaitThat(
                    "the name is kept", () -> interlock.get(host, "/name").status() == 503);
            assertThat(interlock.get(host, "/name").status()).isEqualTo(503);
            interlock.awaitServedBy(victim().start(), host);
            assertThat(interlock.nameAt("x" + host)).isEqualTo(wide.name());
        }
    }

    private InterlockProcess start(boolean rules) throws IOException {
        return InterlockProcess.start(ConfigFileBuilder.inNewFolder()
                        .engine("local", engine.address().toString())
                        .with(file -> {
                            if (rules) {
                                file.putArray("ownership")
                                        .addObject()
                                        .put("owner", "shop")
                                        .<ObjectNode>set(
                                                "who", file.objectNode().put("project", victims))
                                        .putObject("may")
                                        .putArray("names")
                                        .add(host);
                            }
                        }))
                .awaitReady();
    }

    private SampleContainerBuilder victim() {
        return container(victims).hostname(host);
    }

    private SampleContainerBuilder joiner(Map.Entry<String, String> attack) {
        // It finishes the answers in progress when it is stopped: what is tried here is the attack, not the end.
        return engine.backend()
                .environment("ON_TERM", "drain:0")
                .label(PROJECT, "other")
                .hostname(host)
                .data("{\"" + attack.getKey() + "\": " + attack.getValue() + "}");
    }

    private SampleContainerBuilder container(String project) {
        return engine.sample().label(PROJECT, project);
    }

    /** Asks for the site until it is stopped, and counts the answers by status and container. */
    private final class RepeatedReader implements AutoCloseable {

        private static final int MORE = 50;

        private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final InterlockProcess interlock;
        private final Thread thread;

        RepeatedReader(InterlockProcess interlock) {
            this.interlock = interlock;
            this.thread = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            while (!stopped.get()) {
                answers.merge(answer(), 1, Integer::sum);
            }
        }

        private String answer() {
            try {
                HttpConnection.Response answer = interlock.get(host, "/name", "Cookie: session=1");
                return answer.status() + " " + answer.body().strip();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private int count() {
            return answers.values().stream().mapToInt(Integer::intValue).sum();
        }

        void awaitMore() {
            int before = count();
            interlock.awaitThat("there are more answers", () -> count() > before + MORE);
        }

        Map<String, Integer> stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
            return answers;
        }

        @Override
        public void close() {
            stopped.set(true);
        }
    }
}
