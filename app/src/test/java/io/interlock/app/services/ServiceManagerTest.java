package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.Problem;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.services.HostLookup.ResolvedHost;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the services of an inventory. Only the test that says so runs the manager's thread; its clock stands still. */
@Tag("unit")
class ServiceManagerTest {

    @TempDir
    Path parent;

    private final Inventory inventory = new Inventory(List.of("local", ContainerKey.SERVICES));
    private final Map<String, ResolvedHost> hosts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<List<Problem>> problems = new AtomicReference<>(List.of());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private Path folder;
    private ServiceManager services;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(parent.resolve("services"));
        services = manager(folder);
    }

    private ServiceManager manager(Path path) {
        return new ServiceManager(
                new ServiceSettings(Optional.of(path), List.of()),
                inventory,
                problems::set,
                settings -> host -> {
                    asked.add(host);
                    ResolvedHost found = hosts.get(host);
                    if (found == null) {
                        throw new IOException("no such name");
                    }
                    return found;
                },
                now::get);
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void aFileGivesServersAndAnEmptyFolderNone() throws IOException {
        update();
        assertThat(connection()).isInstanceOf(Connection.Connected.class);
        assertThat(served()).isEmpty();

        write(
                "db",
                "{\"hostname\": \"db.example\", \"servers\": [\"10.0.0.5:80\", {\"address\": \"10.0.0.6:80\", \"weight\": 7}]}");
        update();

        assertThat(served())
                .containsOnly(
                        Map.entry("db@10.0.0.5:80", "{\"hostname\":\"db.example\"}"),
                        Map.entry("db@10.0.0.6:80", "{\"hostname\":\"db.example\",\"weight\":7}"));
    }

    @Test
    void aChangedFileChangesItsServersAndKeepsTheRunOfThoseThatStay() throws IOException {
        write("db", servers("10.0.0.5:80", "10.0.0.6:80"));
        update();
        Instant began = facts("db@10.0.0.5:80").startedAt();
        pass(Duration.ofMinutes(1));

        write("db", "{\"hostname\": \"db.example\", \"weight\": 3, \"servers\": [\"10.0.0.5:80\", \"10.0.0.7:80\"]}");
        update();

        assertThat(facts("db@10.0.0.5:80").startedAt()).isEqualTo(began);
        assertThat(facts("db@10.0.0.5:80").interlockData().orElseThrow()).contains("\"weight\":3");
        assertThat(facts("db@10.0.0.6:80").stopping()).isTrue();
        assertThat(facts("db@10.0.0.7:80").stopping()).isFalse();
    }

    @Test
    void aRemovedFileDrainsItsServersAndThenEndsThem() throws IOException {
        write("db", servers("10.0.0.5:80"));
        update();
        Files.delete(folder.resolve("db.json"));
        update();
        assertThat(facts("db@10.0.0.5:80").stopping()).isTrue();

        pass(ServiceInventoryPlanner.DRAIN.minusMillis(1));
        update();
        assertThat(facts("db@10.0.0.5:80").stopping()).isTrue();

        pass(Duration.ofMillis(1));
        update();
        assertThat(served()).isEmpty();
    }

    @Test
    void aFileThatComesBackWhileItDrainsIsServedAsOneThatStarted() throws IOException {
        write("db", servers("10.0.0.5:80"));
        update();
        Instant began = facts("db@10.0.0.5:80").startedAt();
        Files.delete(folder.resolve("db.json"));
        pass(Duration.ofSeconds(1));
        update();
        write("db", servers("10.0.0.5:80"));
        update();

        assertThat(facts("db@10.0.0.5:80").stopping()).isFalse();
        assertThat(facts("db@10.0.0.5:80").startedAt()).isAfter(began);
    }

    @Test
    void aBadFileChangesNothingAndIsAProblemUntilItIsMended() throws IOException {
        write("db", servers("10.0.0.5:80"));
        write("other", servers("10.0.0.9:80"));
        update();
        Map<String, String> before = served();

        for (String bad : List.of(
                "",
                "{",
                "{\"hostname\": \"db.example\", \"servers\": []}",
                "{\"hostname\": \"db.example\", \"servers\": [\"10.0.0.6:80\"], \"nonsense\": true}",
                "{\"servers\": [\"10.0.0.6:80\"]}",
                "{\"hostname\": \"db.example\", \"servers\": [\"10.0.0.6:80\"], \"basic_auth\": 5}",
                "{\"hostname\": \"db.example\", \"servers\": [\"10.0.0.6:80\"], \"routes\": 5}",
                "\u0000")) {
            write("db", bad);
            update();
            assertThat(served()).as(bad).isEqualTo(before);
            assertThat(problems.get()).as(bad).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.subject()).isEqualTo("db.json");
                assertThat(problem.effect()).isEqualTo("what the file said before is still served");
            });
        }

        write("db", servers("10.0.0.6:80"));
        update();
        assertThat(problems.get()).isEmpty();
        assertThat(served()).containsKey("db@10.0.0.6:80");
    }

    @Test
    void aFileThatWasNeverGoodGivesNothing() throws IOException {
        write("db", "{}");
        update();

        assertThat(served()).isEmpty();
        assertThat(problems.get())
                .singleElement()
                .satisfies(problem -> assertThat(problem.effect()).isEqualTo("nothing of it is served"));
        Files.delete(folder.resolve("db.json"));
        update();
        assertThat(problems.get()).isEmpty();
    }

    @Test
    void filesOfEditorsAndFilesThatAreNotForServicesAreNotLookedAt() throws IOException {
        for (String name :
                List.of(".db.json", ".db.json.swp", "db.json~", "db.json.tmp", "#db.json#", "README", "db.JSON.bak")) {
            Files.writeString(folder.resolve(name), "{");
        }
        update();

        assertThat(problems.get()).isEmpty();
        assertThat(served()).isEmpty();
    }

    @Test
    void aFolderAPipeAndAStrangeNameAreProblemsOfTheirOwn() throws Exception {
        write("db", servers("10.0.0.5:80"));
        Files.createDirectory(folder.resolve("folder.json"));
        Files.writeString(folder.resolve("a b.json"), servers("10.0.0.6:80"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.json").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(folder.resolve("large.json"), " ".repeat(ServiceFolder.LARGEST_FILE + 1));
        Files.createSymbolicLink(folder.resolve("link.json"), Path.of("missing"));
        update();

        assertThat(problems.get())
                .extracting(Problem::subject)
                .containsExactly("a b.json", "folder.json", "large.json", "link.json", "pipe.json");
        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
    }

    @Test
    void aFolderThatCannotBeReadOrHasTooManyFilesKeepsWhatItGave() throws IOException {
        write("db", servers("10.0.0.5:80"));
        update();
        Path away = parent.resolve("away");
        Files.move(folder, away);
        update();
        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
        assertThat(connection()).isInstanceOf(Connection.Unreachable.class);

        Files.move(away, folder);
        update();
        assertThat(connection()).isInstanceOf(Connection.Connected.class);

        for (int i = 0; i < ServiceFolder.MOST_FILES; i++) {
            Files.writeString(folder.resolve("a" + i + ".json"), "{}");
        }
        update();
        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
        assertThat(((Connection.Unreachable) connection()).reason()).contains("more than 1000 files");
    }

    @Test
    void aFolderThatWasNeverReadIsUnknownAndNotEmpty() throws IOException {
        services.close();
        inventory.restore(ContainerKey.SERVICES, new NetworkLocation.OnHost(), known(servers("10.0.0.5:80")));
        services = manager(parent.resolve("missing"));
        update();

        assertThat(connection()).isInstanceOf(Connection.Unknown.class);
        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
    }

    @Test
    void aRestartKeepsRunsAndBadFilesAndNamesThatCannotBeLookedUp() throws IOException {
        inventory.restore(
                ContainerKey.SERVICES, new NetworkLocation.OnHost(), known(servers("vm.internal:80", "10.0.0.5:80")));
        write("db", servers("vm.internal:80", "10.0.0.5:80"));
        awaitAnswers("vm.internal");

        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80", "db@10.0.0.77:80");
        assertThat(facts("db@10.0.0.5:80").startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(facts("db@10.0.0.77:80").stopping()).isFalse();
        assertThat(problems.get())
                .singleElement()
                .satisfies(problem -> assertThat(problem.subject()).isEqualTo("vm.internal"));
    }

    @Test
    void aBadFileAfterARestartKeepsWhatItGaveBefore() throws IOException {
        inventory.restore(ContainerKey.SERVICES, new NetworkLocation.OnHost(), known(servers("10.0.0.5:80")));
        write("db", "{");
        update();

        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
        assertThat(facts("db@10.0.0.5:80").stopping()).isFalse();
    }

    @Test
    void allAddressesOfANameAreServersAndMoveWhenItsAnswerExpires() throws IOException {
        resolve("vm.internal", 30, "10.0.0.1", "2001:db8::1");
        write("db", servers("vm.internal:80"));
        awaitAnswers("vm.internal");
        assertThat(served()).containsOnlyKeys("db@10.0.0.1:80", "db@[2001:db8:0:0:0:0:0:1]:80");

        resolve("vm.internal", 30, "10.0.0.2");
        pass(Duration.ofSeconds(30));
        awaitAnswers("vm.internal");
        assertThat(facts("db@10.0.0.2:80").stopping()).isFalse();
        assertThat(facts("db@10.0.0.1:80").stopping()).isTrue();
    }

    @Test
    void aNameThatFailsKeepsItsServers() throws IOException {
        resolve("vm.internal", 30, "10.0.0.1");
        write("db", servers("vm.internal:80"));
        awaitAnswers("vm.internal");
        hosts.clear();
        pass(Duration.ofSeconds(30));
        awaitAnswers("vm.internal");

        assertThat(facts("db@10.0.0.1:80").stopping()).isFalse();
        assertThat(problems.get()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("vm.internal");
            assertThat(problem.reason()).contains("no such name");
            assertThat(problem.effect()).isEqualTo("the addresses that are known are served");
        });
    }

    @Test
    void aNameThatNeverHadAnAddressTellsWhichServicesWaitForIt() throws IOException {
        write("db", servers("vm.internal:80", "vm.internal:81"));
        write("old.example", "{\"port\": 80, \"servers\": [\"10.0.0.5\", \"vm.internal\"]}");
        write("other", servers("10.0.0.6:80"));
        awaitAnswers("vm.internal");

        assertThat(problems.get()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("vm.internal");
            assertThat(problem.reason()).contains("no such name");
            assertThat(problem.effect())
                    .isEqualTo("no server is served for it in db.json (db.example), old.example.json (old.example)");
            assertThat(problem.advice()).endsWith("Interlock asks them again within a minute");
        });
    }

    @Test
    void aNameOfManyServicesListsTheFirst() throws IOException {
        for (int i = 1; i <= 7; i++) {
            write("s" + i, "{\"hostname\": \"s" + i + ".example\", \"servers\": [\"vm.internal:80\"]}");
        }
        awaitAnswers("vm.internal");

        assertThat(problems.get())
                .singleElement()
                .satisfies(problem -> assertThat(problem.effect())
                        .contains("s5.json (s5.example) and 2 more")
                        .doesNotContain("s6"));
    }

    @Test
    void twoNamesWithOneAddressAreOneServer() throws IOException {
        resolve("a.internal", 30, "10.0.0.1");
        write("db", servers("10.0.0.1:80", "a.internal:80"));
        awaitAnswers("a.internal");

        assertThat(served()).containsOnlyKeys("db@10.0.0.1:80");
    }

    @Test
    void theFolderChangesWhileItRuns() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.writeString(other.resolve("web.json"), servers("10.0.0.9:80"));
        write("db", servers("10.0.0.5:80"));
        update();

        services.reconfigure(new ServiceSettings(Optional.of(other), List.of()));
        update();
        assertThat(facts("db@10.0.0.5:80").stopping()).isTrue();
        assertThat(facts("web@10.0.0.9:80").stopping()).isFalse();

        services.reconfigure(new ServiceSettings(Optional.empty(), List.of()));
        update();
        assertThat(inventory.snapshot().engines()).containsOnlyKeys("local");

        services.reconfigure(new ServiceSettings(Optional.of(folder), List.of()));
        update();
        assertThat(served()).containsOnlyKeys("db@10.0.0.5:80");
    }

    @Test
    void theThreadFollowsTheFolder() throws Exception {
        services.start();
        services.awaitFirst();
        Path unfinished = Files.writeString(folder.resolve(".db.tmp"), servers("127.0.0.1:" + PortAllocator.next()));
        Files.move(unfinished, folder.resolve("db.json"), StandardCopyOption.ATOMIC_MOVE);

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> served().size() == 1);
    }

    private void awaitAnswers(String host) {
        int before = asked.size();
        services.update();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> asked.size() > before);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            services.update();
            return asked.contains(host) && isAnswered(host);
        });
    }

    private boolean isAnswered(String host) {
        ResolvedHost expected = hosts.get(host);
        return expected == null
                ? problems.get().stream().anyMatch(problem -> problem.subject().equals(host))
                : expected.addresses().stream()
                        .allMatch(address ->
                                served().keySet().stream().anyMatch(name -> name.contains(address.getHostAddress())));
    }

    private void update() {
        assertThat(services.update()).isNotNull();
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    private void resolve(String host, int ttl, String... addresses) {
        hosts.put(host, new ResolvedHost(Stream.of(addresses).map(IpLiteral::of).toList(), Duration.ofSeconds(ttl)));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), text);
    }

    private static String servers(String... addresses) {
        return "{\"hostname\": \"db.example\", \"servers\": [\"" + String.join("\", \"", addresses) + "\"]}";
    }

    private static Map<String, ContainerFacts> known(String text) {
        ServiceFile file =
                ServiceFileReader.read("db", text, new ConfigProblemCollector()).orElseThrow();
        Map<String, ContainerFacts> known = new HashMap<>();
        for (ServiceServer server : file.servers()) {
            InetAddress address = IpLiteral.parse(server.host()).orElse(IpLiteral.of("10.0.0.77"));
            ContainerFacts facts = ServiceFactsMapper.facts(file, server, address, Instant.EPOCH);
            known.put(facts.key().containerId(), facts);
        }
        return known;
    }

    private Connection connection() {
        return inventory.snapshot().engine(ContainerKey.SERVICES).connection();
    }

    private ContainerFacts facts(String name) {
        return inventory.snapshot().engine(ContainerKey.SERVICES).containers().values().stream()
                .filter(facts -> facts.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + served()));
    }

    private Map<String, String> served() {
        Map<String, String> served = new TreeMap<>();
        inventory
                .snapshot()
                .engine(ContainerKey.SERVICES)
                .containers()
                .values()
                .forEach(facts -> served.put(facts.name(), facts.interlockData().orElse("")));
        return served;
    }
}
