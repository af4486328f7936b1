package io.interlock.bench.micro;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.config.ownership.OwnerAssignment;
import io.interlock.app.config.ownership.OwnerGrant;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnerLimits;
import io.interlock.app.config.ownership.OwnerRule;
import io.interlock.app.config.ownership.OwnerSelector;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.config.ownership.TextPattern;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.readiness.ReadinessProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures what it costs to decide whose names are, alone and as part of the pipeline. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OwnershipBenchmark {

    /** Name of the parameter that says how names are owned. */
    public static final String PARAMETER = "owners";

    private static final int TEAMS = 100;
    private static final OptionalInt MANY = OptionalInt.of(1_000_000);

    /** The number of running containers. */
    @Param({"10000"})
    public int containers;

    /**
     * {@code no_rules}: 100 projects with names of their own; {@code rules}: the same with a rule for each; {@code
     * limits}: one owner with limits has everything; {@code shared_name}: all projects share one name.
     */
    @Param({"no_rules", "rules", "limits", "shared_name"})
    public String owners = "no_rules";

    private Inventory inventory = BenchmarkInventories.of(0);
    private ContainerPolicy policy = ContainerPolicy.DEFAULT;
    private Pipeline kept = pipeline();
    private int turn;

    private String host() {
        return owners.equals("shared_name") ? "one.example" : "";
    }

    /** Creates the containers and the rules. */
    @Setup
    public void prepare() {
        List<OwnerRule> rules = switch (owners) {
            case "rules" ->
                IntStream.range(0, TEAMS)
                        .mapToObj(team -> rule("team" + team, OwnerLimits.NONE))
                        .toList();
            case "limits" -> List.of(rule("team*", new OwnerLimits(MANY, MANY, MANY, MANY)));
            default -> List.of();
        };
        policy = ContainerPolicy.DEFAULT.with(
                new OwnershipConfig(rules, OwnershipConfig.DEFAULT_HOLD, ImageLabelMode.ALL));
        inventory = BenchmarkInventories.ofProjects(containers, TEAMS, host());
        kept = pipeline();
        kept.run(inventory.snapshot());
    }

    private static OwnerRule rule(String project, OwnerLimits limits) {
        return new OwnerRule(
                new OwnerId(project.replace("*", "s")),
                new OwnerSelector(Map.of(OwnerSelector.Kind.PROJECT, new TextPattern(project)), ""),
                new OwnerGrant(
                        Set.of(project.contains("*") ? HostName.ANY : new HostName("*." + project + ".example")),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Set.of(),
                        limits));
    }

    private Pipeline pipeline() {
        return new Pipeline(() -> policy, ReadinessProbes.NONE, CertificateSelector.none());
    }

    /** Measures finding the owner of the last container by the rules. */
    @Benchmark
    public OwnerAssignment assignOwner() {
        return policy.ownership().assign(BenchmarkInventories.ofProject(containers - 1, TEAMS, host()));
    }

    /** Measures the end or the start of the youngest container. */
    @Benchmark
    public Topology claimAfterOneChange() {
        if ((turn++ & 1) == 0) {
            BenchmarkInventories.remove(inventory, containers - 1);
        } else {
            inventory.put(BenchmarkInventories.ofProject(containers - 1, TEAMS, host()));
        }
        return kept.run(inventory.snapshot()).topology();
    }

    /** Measures deciding about all containers at once. */
    @Benchmark
    public Topology claimEverything() {
        return pipeline().run(inventory.snapshot()).topology();
    }
}
