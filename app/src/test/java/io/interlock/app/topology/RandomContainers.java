package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Generates containers that share, contradict and collide as much as possible. */
final class RandomContainers {

    private static final List<String> NAMES =
            List.of("a.com", "b.com", "a.b.com", "a_b.com", "*.com", "*.b.com", "short", "bad..name", "A.COM");
    private static final List<String> CHECKS = List.of(
            "httpchk", "httpchk GET /", "tcp-check", "nonsense", "httpchk GET / HTTP/1.1\\\\r\\\\nHost:\\\\ a.com");
    private static final List<String> OPTIONS =
            List.of("httpclose", "option http-no-delay", "no x", "a'b", "forceclose");
    private static final List<String> ENGINES = List.of("one", "two", "one.two");

    private final RandomGenerator random;
    private final boolean routed;

    RandomContainers(RandomGenerator random) {
        this(random, false);
    }

    /**
     * @param routed whether some containers ask for a part of the requests for their names, or for ports
     */
    RandomContainers(RandomGenerator random, boolean routed) {
        this.random = random;
        this.routed = routed;
    }

    List<ContainerFacts> next() {
        int size = random.nextInt(1, 16);
        int engines = random.nextInt(1, ENGINES.size() + 1);
        List<ContainerFacts> fleet = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            fleet.add(container(i, engines).facts());
        }
        return fleet;
    }

    private ContainerFactsBuilder container(int index, int engines) {
        ContainerFactsBuilder container = ContainerFactsBuilder.named((random.nextBoolean() ? "web" : "one") + index)
                .engine(ENGINES.get(random.nextInt(engines)))
                .createdAfter(random.nextInt(4))
                .hostname(pick(NAMES))
                .network("net" + random.nextInt(3), "10.0.0." + random.nextInt(1, 250), "")
                .network("net9", "", "fd00::" + random.nextInt(1, 999));
        if (random.nextInt(4) > 0) {
            container.exposes(80, random.nextInt(81, 90));
        }
        if (random.nextInt(4) > 0) {
            container.data(document());
        }
        if (random.nextInt(3) == 0) {
            container.label("interlock.alias_domains", pick(NAMES) + "," + pick(NAMES));
        }
        if (routed) {
            route(container);
        }
        if (random.nextInt(8) == 0) {
            container.stopping();
        }
        return container.health(random.nextInt(8) == 0 ? Health.STARTING : Health.NONE);
    }

    private void route(ContainerFactsBuilder container) {
        switch (random.nextInt(5)) {
            case 0 -> container.label("interlock.path", "/" + random.nextInt(2));
            case 1 -> container.label("interlock.match_headers", "X-Canary=" + random.nextInt(2));
            case 2 ->
                container.label("interlock.mode", "tcp").label("interlock.listen", "" + random.nextInt(7000, 7002));
            default -> {}
        }
    }

    private String document() {
        return "{\"alias_domains\":[\"%s\",\"%s\"],\"check\":\"%s\",\"backend_options\":[\"%s\"],\"warm\":%s}"
                .formatted(pick(NAMES), pick(NAMES), pick(CHECKS), pick(OPTIONS), random.nextInt(5) == 0);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
