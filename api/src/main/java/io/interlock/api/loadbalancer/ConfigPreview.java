package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files that a load balancer would write, for people to read and compare: no secret is in any text, but {@code …} in its
 * place.
 *
 * @param files in the order in which people want to read them
 */
@Experimental
public record ConfigPreview(List<File> files) {

    /**
     * One file.
     *
     * @param path where it would be
     * @param text what would be in it
     * @param present what lies there now; empty if there is no file
     */
    public record File(Path path, String text, Optional<String> present) {}

    public ConfigPreview {
        files = List.copyOf(files);
    }
}
