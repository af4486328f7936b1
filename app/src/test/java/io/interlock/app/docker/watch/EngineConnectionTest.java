package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerInspection.TaskRef;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.SwarmState;
import io.interlock.app.docker.client.TaskProvider;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests containers that are inspected while it is not known yet whether the engine manages a swarm. */
@Tag("unit")
class EngineConnectionTest {

    private static final String TASK = "task";
    private static final String OTHER = "other";

    private final Set<String> changed = new LinkedHashSet<>();
    private final List<String> outdated = new ArrayList<>();
    private final InMemoryEngine model = new InMemoryEngine(event -> {});
    private final EngineConnection connection =
            new EngineConnection(engine(), new Tasks(), AttachmentEvidenceReader.NONE);
    private SwarmState role = SwarmState.MANAGER;
    private Step whileAsked = () -> {};
    private Step whileInspected = () -> {};

    private interface Step {
        void run() throws IOException;
    }

    @Test
    void aContainerThatWasInspectedBeforeTheSwarmIsKnownIsInspectedAgain() throws IOException {
        whileAsked = () -> {
            assertThat(name(TASK)).isEqualTo(TASK);
            assertThat(name(OTHER)).isEqualTo(OTHER);
        };

        assertThat(connection.list(listener())).contains(TASK);

        assertThat(changed).containsExactly(TASK);
        assertThat(name(TASK)).isEqualTo("of the swarm");
        assertThat(connection.list(listener())).contains(TASK);
        assertThat(outdated).isEmpty();
    }

    @Test
    void anInspectDuringWhichTheSwarmBecomesKnownShowsTheTask() throws IOException {
        whileInspected = () -> {
            whileInspected = () -> {};
            connection.list(listener());
        };

        assertThat(name(TASK)).isEqualTo("of the swarm");
    }

    @Test
    void anEngineWithoutASwarmShowsItsOwnContainers() throws IOException {
        role = SwarmState.NONE;
        whileAsked = () -> assertThat(name(TASK)).isEqualTo(TASK);

        assertThat(connection.list(listener())).contains(TASK);

        assertThat(changed).isEmpty();
        assertThat(name(TASK)).isEqualTo(TASK);
    }

    @Test
    void ofMoreContainersThanAreRememberedAllAreListedAgain() throws IOException {
        whileAsked = () -> {
            for (int i = 0; i < 1_100; i++) {
                assertThat(name(TASK + i)).isEqualTo(TASK + i);
            }
        };
        IntStream.range(0, 1_100).forEach(i -> model.start(TASK + i));

        Set<String> unused = connection.list(listener());

        assertThat(changed).hasSize(1_000);
        assertThat(outdated).hasSize(1);
    }

    private String name(String container) throws IOException {
        return connection.inspect(container).orElseThrow().facts().name();
    }

    private EngineClient engine() {
        model.start(TASK);
        model.start(OTHER);
        return (EngineClient) Proxy.newProxyInstance(
                EngineClient.class.getClassLoader(),
                new Class<?>[] {EngineClient.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "swarmState" -> {
                        whileAsked.run();
                        yield role;
                    }
                    case "runningContainers" -> List.of(TASK, OTHER);
                    case "inspect" -> {
                        whileInspected.run();
                        yield inspection(String.valueOf(arguments[0]));
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<ContainerInspection> inspection(String container) {
        ContainerInspection own = model.inspect(container).orElseThrow();
        Optional<TaskRef> task =
                container.startsWith(TASK) ? Optional.of(new TaskRef("t-" + container, "s")) : Optional.empty();
        return Optional.of(new ContainerInspection(
                own.running(), own.facts(), own.stopSignal(), own.stopTimeout(), own.gateways(), task));
    }

    private TaskProvider.Listener listener() {
        return new TaskProvider.Listener() {
            @Override
            public void changed(Collection<String> containers) {
                changed.addAll(containers);
            }

            @Override
            public void outdated() {
                outdated.add("all");
            }

            @Override
            public void failed(IOException reason) {
                throw new AssertionError(reason);
            }
        };
    }

    /** Knows each container as that of a task. */
    private final class Tasks implements TaskProvider.Factory {

        @Override
        public boolean isTasksOnly() {
            return false;
        }

        @Override
        public TaskProvider create(EngineClient engine, TaskProvider.Listener listener) {
            return new TaskProvider() {
                @Override
                public Set<String> list(Duration limit) {
                    return Set.of(TASK);
                }

                @Override
                public Optional<ContainerInspection> inspect(String container) {
                    model.rename(container, "of the swarm");
                    return inspection(container);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void forget() {}
    }
}
