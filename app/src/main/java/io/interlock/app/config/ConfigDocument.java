package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * The document that a configuration was bound from: the file, environment variables and secrets as one.
 *
 * @param root the document
 * @param files a digest of the content of each file and folder that the document names and Interlock reads
 */
public record ConfigDocument(ObjectNode root, Map<Path, String> files) {

    public ConfigDocument {
        files = Map.copyOf(files);
    }

    /** Returns a text without values, some of which are secret. */
    @Override
    public String toString() {
        return "ConfigDocument" + files.keySet();
    }
}
