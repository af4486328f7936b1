package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that a load balancer would write, for people to read and compare. The texts contain {@code …} in place of each
 * secret.
 *
 * @param files the files, in the order in which people read them
 */
@Experimental
public record ConfigPreview(List<File> files) {

    /**
     * One file of a preview.
     *
     * @param path where the file would be
     * @param text the content that would be written
     * @param present the content of the existing file; empty if there is no file
     */
    public record File(Path path, String text, Optional<String> present) {}

    public ConfigPreview {
        files = List.copyOf(files);
    }
}
