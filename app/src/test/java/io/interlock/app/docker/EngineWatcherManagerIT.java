package io.interlock.app.docker;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.watch.EngineWatchStats;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Tag("engine")
@Isolated("uses the machine's engine")
class EngineWatcherManagerIT {

    private static final Logger log = LoggerFactory.getLogger(EngineWatcherManagerIT.class);

    private final Inventory inventory = new Inventory(Set.of("real"));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private RealEngine engine;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        engine = new RealEngine();
        opened.add(engine);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void containersThatWereThereAndThoseThatComeAreKnownWithAllThatRoutingNeeds() {
        String before = engine.run(how -> how.withHostName("www.example.com")
                .withEnv("INTERLOCK_DATA={\"check\":\"httpchk GET /?a=b\"}")
                .withLabels(Map.of("interlock.port", "8080", "other", "x"))
                .withExposedPorts(ExposedPort.tcp(8080))
                .withHostConfig(HostConfig.newHostConfig().withPortBindings(PortBinding.parse("127.0.0.1::8080"))));
        EngineWatcherManager fleet = watch("unix:///var/run/docker.sock");
        await().until(() -> containers().containsKey(before));

        ContainerFacts facts = container(before);
        assertThat(facts.hostname()).isEqualTo("www.example.com");
        assertThat(facts.interlockData()).contains("{\"check\":\"httpchk GET /?a=b\"}");
        assertThat(facts.labels()).isEqualTo(Map.of("interlock.port", "8080"));
        assertThat(facts.exposedTcpPorts()).containsExactly(8080);
        assertThat(facts.publishedPorts()).hasSize(1);
        assertThat(facts.networks())
                .hasSize(1)
                .allSatisfy(network -> assertThat(network.ipv4()).isPresent());
        assertThat(view().location()).isEqualTo(new NetworkLocation.OnHost());

        String later = engine.run();
        await().until(() -> containers().containsKey(later));
        engine.docker().pauseContainerCmd(later).exec();
        await().until(() -> container(later).paused());
        engine.docker().unpauseContainerCmd(later).exec();
        await().until(() -> !container(later).paused());
        engine.docker()
                .renameContainerCmd(later)
                .withName("il-docker-it-renamed")
                .exec();
        await().until(() -> container(later).name().equals("il-docker-it-renamed"));
        engine.remove(later);
        await().until(() -> !containers().containsKey(later));
        assertThat(counters(fleet).connects()).isEqualTo(1);
    }

    @Test
    void aContainerThatIsAttachedToANetworkGetsAnAddressThere() {
        String network = engine.docker()
                .createNetworkCmd()
                .withName("il-docker-it-" + System.nanoTime())
                .exec()
                .getId();
        opened.add(() -> engine.docker().removeNetworkCmd(network).exec());
        String id = engine.run();
        opened.add(() -> engine.remove(id));
        watch("unix:///var/run/docker.sock");
        await().until(() -> containers().containsKey(id));

        engine.docker()
                .connectToNetworkCmd()
                .withNetworkId(network)
                .withContainerId(id)
                .exec();
        await().until(() -> isAttached(id, network));
        engine.docker()
                .disconnectFromNetworkCmd()
                .withNetworkId(network)
                .withContainerId(id)
                .exec();
        await().until(() -> !isAttached(id, network));
    }

    @Test
    void healthIsFollowed() {
        String id = engine.run(how -> how.withHealthcheck(new HealthCheck()
                .withTest(List.of("CMD", "/busybox", "true"))
                .withInterval(TimeUnit.SECONDS.toNanos(1))));
        watch("unix:///var/run/docker.sock");

        await().until(() -> containers().containsKey(id) && container(id).health() == ContainerFacts.Health.HEALTHY);
    }

    @Test
    void theStopSignalIsSeenBeforeTheEndAndOtherSignalsAreNot() {
        String id = engine.run();
        watch("unix:///var/run/docker.sock");
        await().until(() -> containers().containsKey(id));
        AtomicInteger seenStopping = new AtomicInteger();
        inventory.onChange(() -> {
            ContainerFacts facts = containers().get(id);
            if (facts != null && facts.stopping()) {
                seenStopping.incrementAndGet();
            }
        });

        engine.docker().killContainerCmd(id).withSignal("HUP").exec();
        engine.docker().pauseContainerCmd(id).exec();
        await().until(() -> container(id).paused());
        engine.docker().unpauseContainerCmd(id).exec();
        assertThat(seenStopping).hasValue(0);
        engine.docker().stopContainerCmd(id).exec();

        await().until(() -> !containers().containsKey(id));
        assertThat(seenStopping.get()).isPositive();
    }

    @Test
    void whatOthersDoInTheirContainersCostsNothing() throws InterruptedException {
        String id = engine.run();
        EngineWatcherManager fleet = watch("unix:///var/run/docker.sock");
        await().until(() -> containers().containsKey(id));
        ForeignContainerDetector bystanders = bystanders();
        EngineWatchStats before = counters(fleet);

        for (int command = 0; command < 10; command++) {
            engine.exec(id);
        }
        engine.docker().pauseContainerCmd(id).exec();
        await().until(() -> container(id).paused());
        engine.docker().unpauseContainerCmd(id).exec();
        await().until(() -> !container(id).paused());

        long events = counters(fleet).events() - before.events();
        long inspects = counters(fleet).eventInspects() - before.eventInspects();
        assertThat(inspects).isBetween(2L, events);
        if (bystanders.areNone(engine)) {
            assertThat(events).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void anEventLeadsToAtMostOneInspectHoweverManyContainersRun(int running) throws InterruptedException {
        for (int number = 1; number < running; number++) {
            engine.run();
        }
        EngineWatcherManager fleet = watch("unix:///var/run/docker.sock");
        await().until(() -> counters(fleet).connects() == 1);
        ForeignContainerDetector bystanders = bystanders();
        EngineWatchStats before = counters(fleet);
        List<Long> nanos = new ArrayList<>();
        for (int start = 0; start < 20; start++) {
            String id = engine.create(how -> how);
            CountDownLatch seen = new CountDownLatch(1);
            inventory.onChange(() -> {
                if (containers().containsKey(id)) {
                    seen.countDown();
                }
            });
            engine.docker().startContainerCmd(id).exec();
            long returned = System.nanoTime();
            assertThat(seen.await(1, TimeUnit.MINUTES)).isTrue();
            nanos.add(System.nanoTime() - returned);
            engine.remove(id);
            await().until(() -> !containers().containsKey(id));
        }
        EngineWatchStats after = counters(fleet);

        long events = after.events() - before.events();
        long inspects = after.eventInspects() - before.eventInspects();
        assertThat(events).isGreaterThanOrEqualTo(20 * 4);
        assertThat(inspects).isLessThanOrEqualTo(events);
        assertThat(after.otherInspects()).isEqualTo(before.otherInspects());
        log.info(
                "{} containers: {} events, {} inspects; start returned -> inventory changed: median {} us",
                running,
                events,
                inspects,
                nanos.stream().sorted().toList().get(10) / 1000);
        if (bystanders.areNone(engine)) {
            assertThat(inspects).as("one for each start, none for its end").isEqualTo(20);
        }
    }

    @Test
    void aLostConnectionKeepsWhatRanAndIsMadeGoodAfterwards() throws IOException {
        String stays = engine.run();
        String goes = engine.run();
        EnginePortForwarder gate = gate();
        EngineWatcherManager fleet = watch("tcp://127.0.0.1:" + gate.port());
        await().until(() -> containers().keySet().containsAll(Set.of(stays, goes)));

        gate.shut();
        await().until(() -> view().connection() instanceof Connection.Unreachable);
        engine.remove(goes);
        String comes = engine.run();
        assertThat(containers()).containsKeys(stays, goes).doesNotContainKey(comes);
        gate.open();

        await().until(() -> view().connection() instanceof Connection.Connected);
        assertThat(containers()).containsKeys(stays, comes).doesNotContainKey(goes);
        assertThat(counters(fleet).connects()).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsOpenButSilentIsNoticed() throws IOException {
        EnginePortForwarder gate = gate();
        watch("http://localhost:" + gate.port());
        await().until(() -> view().connection() instanceof Connection.Connected);

        gate.freeze();

        await().until(() -> view().connection() instanceof Connection.Unreachable);
        gate.shut();
        String comes = engine.run();
        gate.open();
        await().until(() -> containers().containsKey(comes));
    }

    @Test
    void anEngineThatIsDownAtTheStartHoldsUpNoOther() {
        String id = engine.run();
        Inventory both = new Inventory(Set.of("down", "real"));
        EngineWatcherManager fleet = new EngineWatcherManager(
                List.of(config("down", "tcp://127.0.0.1:1"), config("real", "unix:///var/run/docker.sock")), both);
        opened.add(fleet);
        fleet.start();

        await().until(() -> both.snapshot().engine("real").containers().containsKey(id));
        await().until(() -> both.snapshot().engine("down").connection() instanceof Connection.Unknown unknown
                && unknown.reason().orElse("").contains("refused"));
    }

    private ForeignContainerDetector bystanders() throws InterruptedException {
        ForeignContainerDetector bystanders = new ForeignContainerDetector(engine.docker());
        opened.add(bystanders);
        return bystanders;
    }

    private EnginePortForwarder gate() throws IOException {
        EnginePortForwarder gate = new EnginePortForwarder(ServerSocketFactory.getDefault());
        opened.add(gate);
        return gate;
    }

    private EngineWatcherManager watch(String address) {
        EngineWatcherManager fleet = new EngineWatcherManager(List.of(config("real", address)), inventory);
        opened.add(fleet);
        fleet.start();
        return fleet;
    }

    private static EngineConfig config(String id, String address) {
        return new EngineConfig(
                id, URI.create(address), 1, 1024, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private boolean isAttached(String id, String network) {
        return container(id).networks().stream()
                .anyMatch(attached ->
                        attached.networkId().equals(network) && attached.ipv4().isPresent());
    }

    private static EngineWatchStats counters(EngineWatcherManager fleet) {
        return Objects.requireNonNull(fleet.counters().get("real"));
    }

    private EngineSnapshot view() {
        return inventory.snapshot().engine("real");
    }

    private Map<String, ContainerFacts> containers() {
        return view().containers();
    }

    private ContainerFacts container(String id) {
        return Objects.requireNonNull(containers().get(id));
    }
}
