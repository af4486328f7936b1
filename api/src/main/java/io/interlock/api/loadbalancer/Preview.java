package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a load balancer would write.
 *
 * @param files in the order in which people want to read them
 */
@Experimental
public record Preview(List<File> files) {

    /**
     * One file.
     *
     * @param path where it would be; what lies there now is what was written last
     * @param text what would be in it
     */
    public record File(Path path, String text) {}

    public Preview {
        files = List.copyOf(files);
    }
}
