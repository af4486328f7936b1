package io.interlock.app.services;

import io.interlock.api.status.Problem;
import io.interlock.app.docker.client.OwnContainerDetector;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import io.interlock.util.IpLiteral;
import io.interlock.util.SteadyClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the services of the inventory true: looks at the folder of their files, has their host names looked up, and lets
 * servers that are gone finish. What cannot be read or looked up stays as it was. Safe for all threads.
 */
public final class ServiceManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("services");

    /** How often to look without a notification of a change. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** How long to let a program that changes several files go on. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** How long the first look waits for answers about names. */
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(2);

    private final Inventory inventory;
    private final Function<ServiceSettings, HostLookup> lookups;
    private final Consumer<List<Problem>> observer;
    private final InstantSource clock;
    private final ChangeSignal hints = new ChangeSignal();
    private final HostLookupQueue queue = new HostLookupQueue(hints::raise);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("services").unstarted(this::run);
    private volatile boolean folderChanged;
    // The fields below are guarded by this.
    private ServiceSettings settings;
    private HostLookup lookup;
    private @Nullable ServiceFolder folder;
    private ServiceFolder.@Nullable Look look;
    private final ServiceNameTracker names = new ServiceNameTracker();
    private final ServiceInventoryPlanner planner = new ServiceInventoryPlanner();
    private Deadline firstAnswers = Deadline.in(FIRST_ANSWERS);
    private @Nullable Instant connected;
    private List<Problem> told = List.of();
    private boolean closed;

    /**
     * Creates a manager that is not started. The inventory must have been created with the engine
     * {@link ContainerKey#SERVICES} if there is a folder.
     *
     * @param observer receives all present problems when they change; must be quick
     */
    public ServiceManager(ServiceSettings settings, Inventory inventory, Consumer<List<Problem>> observer) {
        this(
                settings,
                inventory,
                observer,
                next -> new SystemHostLookup(
                        next.nameServers(),
                        () -> EngineHostFinder.find(
                                inventory.snapshot(), new OwnContainerDetector(Path.of("/")).isInContainer())),
                new SteadyClock());
    }

    ServiceManager(
            ServiceSettings settings,
            Inventory inventory,
            Consumer<List<Problem>> observer,
            Function<ServiceSettings, HostLookup> lookups,
            InstantSource clock) {
        this.inventory = inventory;
        this.observer = observer;
        this.lookups = lookups;
        this.clock = clock;
        this.settings = settings;
        this.lookup = lookups.apply(settings);
        this.folder = settings.folder().map(this::folderAt).orElse(null);
    }

    /** Starts to follow the files. Must be called only once. */
    public void start() {
        synchronized (this) {
            firstAnswers = Deadline.in(FIRST_ANSWERS);
        }
        thread.start();
    }

    /** Waits for the first look at the files and what their names lead to, for a limited time. */
    public void awaitFirst() throws InterruptedException {
        boolean unused = first.await(FIRST_ANSWERS.plus(QUIET).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Follows other files from now on. */
    public synchronized void reconfigure(ServiceSettings next) {
        ServiceSettings before = settings;
        if (closed || next.equals(before)) {
            return;
        }
        settings = next;
        lookup = lookups.apply(next);
        names.renew(clock.instant());
        if (!next.folder().equals(before.folder())) {
            closeFolder();
            folder = next.folder().map(this::folderAt).orElse(null);
            look = null;
            connected = null;
            if (next.folder().isEmpty()) {
                inventory.remove(ContainerKey.SERVICES);
            } else {
                firstAnswers = Deadline.in(FIRST_ANSWERS);
                inventory.add(ContainerKey.SERVICES);
            }
        }
        hints.raise();
    }

    private void run() {
        try {
            while (true) {
                Optional<Duration> pause = updateSafely();
                if (pause.isEmpty()) {
                    hints.await();
                } else if (hints.await(pause.get()) && folderChanged) {
                    TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
                    folderChanged = false;
                }
            }
        } catch (InterruptedException end) {
            log.debug("services are no longer followed");
        }
    }

    private Optional<Duration> updateSafely() {
        try {
            return update();
        } catch (RuntimeException e) {
            // A defect of Interlock must not end the only thread that follows the files.
            log.error("the files of services cannot be followed: {}", ErrorMessages.reason(e), e);
            return Optional.of(BETWEEN_LOOKS);
        }
    }

    /** Brings the inventory up to date; returns when to do so again at the latest, empty if never. */
    synchronized Optional<Duration> update() {
        queue.giveTo(names, clock.instant());
        ServiceFolder current = folder;
        if (closed || current == null) {
            names.follow(Set.of(), clock.instant());
            tell(List.of());
            first.countDown();
            return Optional.empty();
        }
        boolean isReadable = read(current);
        ServiceFolder.Look files = look;
        if (files == null) {
            // Unknown is not empty.
            first.countDown();
            return Optional.of(BETWEEN_LOOKS);
        }
        Map<String, ContainerFacts> known = services().containers();
        follow(files, known.values());
        Duration pause = files.changing() ? QUIET : BETWEEN_LOOKS;
        if (connected == null && names.isAwaiting() && !firstAnswers.isOver()) {
            return Optional.of(shorter(pause, firstAnswers.left()));
        }
        Instant now = clock.instant();
        Map<String, ContainerFacts> planned = planner.plan(files, names, known, now);
        publish(known, planned, isReadable);
        tell(ServiceProblemMapper.problems(files, names, planned.values()));
        first.countDown();
        return Stream.concat(names.next().stream(), planner.next().stream())
                .map(due -> Duration.between(now, due))
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .reduce(ServiceManager::shorter)
                .map(left -> shorter(left, pause))
                .or(() -> Optional.of(pause));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void closeFolder() {
        ServiceFolder present = folder;
        folder = null;
        if (present != null) {
            present.close();
        }
    }

    private ServiceFolder folderAt(Path path) {
        return new ServiceFolder(path, () -> {
            folderChanged = true;
            hints.raise();
        });
    }

    /** Reads the files that changed; returns whether the folder can be read. */
    private boolean read(ServiceFolder current) {
        try {
            current.watch();
            look = current.look();
            look.changes().forEach(log::info);
            return true;
        } catch (IOException e) {
            Path path = settings.folder().orElseThrow();
            inventory.unreachable(ContainerKey.SERVICES, clock.instant(), ErrorMessages.reasonAt(path, e));
            return false;
        }
    }

    /** Has the names looked up that are due. */
    private void follow(ServiceFolder.Look files, Collection<ContainerFacts> known) {
        Set<String> hosts = new HashSet<>();
        for (ServiceFile file : files.files()) {
            file.servers().stream()
                    .map(ServiceServer::host)
                    .filter(host -> IpLiteral.parse(host).isEmpty())
                    .forEach(hosts::add);
        }
        Instant now = clock.instant();
        names.follow(hosts, now);
        if (connected == null) {
            known.stream()
                    .filter(facts -> !facts.stopping())
                    .forEach(facts -> ServiceFactsMapper.address(facts)
                            .ifPresent(address -> names.restore(ServiceFactsMapper.host(facts), address)));
        }
        names.due(now).forEach(host -> queue.start(lookup, host));
    }

    private void publish(Map<String, ContainerFacts> known, Map<String, ContainerFacts> planned, boolean isReadable) {
        if (isReadable) {
            Instant since = connected;
            if (since == null || !(services().connection() instanceof Connection.Connected)) {
                since = clock.instant();
                connected = since;
            }
            inventory.connected(
                    ContainerKey.SERVICES, since, EngineHostFinder.location(inventory.snapshot()), planned.values());
        } else {
            known.values().stream()
                    .filter(facts -> !planned.containsKey(facts.key().containerId()))
                    .forEach(facts -> inventory.remove(facts.key()));
            planned.values().forEach(inventory::put);
        }
    }

    private EngineSnapshot services() {
        return inventory.snapshot().engine(ContainerKey.SERVICES);
    }

    private void tell(List<Problem> problems) {
        if (problems.equals(told)) {
            return;
        }
        problems.stream()
                .filter(problem -> !told.contains(problem))
                .forEach(problem -> log.warn("{}: {}", problem.subject(), problem.description()));
        told = problems;
        observer.accept(problems);
    }

    /** Ends. The inventory stays as it is. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            closeFolder();
        }
        thread.interrupt();
    }
}
