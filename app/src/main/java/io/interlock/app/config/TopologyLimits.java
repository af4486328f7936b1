package io.interlock.app.config;

/**
 * Limits of what containers may ask for together.
 *
 * @param namesPerContainer different names in {@code alias_domains} of one container and its routes
 * @param namesPerEngine different names of all containers of one engine
 * @param expressions different regular expressions among the names of all containers
 * @param passwordHashing milliseconds that a usual processor takes to hash one password of each user once
 */
public record TopologyLimits(int namesPerContainer, int namesPerEngine, int expressions, int passwordHashing) {

    public static final TopologyLimits DEFAULT = new TopologyLimits(100, 50_000, 200, 4_000);

    /** The share of {@link #passwordHashing} that one container may have. */
    public int passwordHashingPerContainer() {
        return passwordHashing / 2;
    }
}
