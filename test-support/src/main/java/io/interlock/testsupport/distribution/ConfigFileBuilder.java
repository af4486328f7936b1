package io.interlock.testsupport.distribution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Builder of Interlock's configuration file. It begins with a port, no engine, and all paths within a folder of the
 * test.
 */
public final class ConfigFileBuilder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int port;
    private final ObjectNode file = JSON.createObjectNode();

    private ConfigFileBuilder(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        file.put("port", port)
                .put("proxy_config_path", folder.resolve("haproxy.cfg").toString())
                .put("pid_path", folder.resolve("haproxy.pid").toString())
                .put("data_dir", folder.resolve("data").toString());
    }

    /** Creates a builder in a new folder with a short name, as unix sockets need it. */
    public static ConfigFileBuilder inNewFolder() throws IOException {
        return inNewFolder(PortAllocator.next());
    }

    /** Creates a builder in a new folder, with a given port. */
    public static ConfigFileBuilder inNewFolder(int port) throws IOException {
        return new ConfigFileBuilder(Files.createTempDirectory("il-"), port);
    }

    /** Adds an engine with id and address only. */
    public ConfigFileBuilder engine(String id, String address) {
        return engine(id, address, entry -> {});
    }

    /** Adds an engine with further keys, for example {@code ssl_cert}. */
    public ConfigFileBuilder engine(String id, String address, Consumer<ObjectNode> more) {
        ObjectNode entry = file.withArray("engines").addObject();
        entry.putObject("engine").put("id", id).put("addr", address);
        more.accept(entry);
        return this;
    }

    /** Changes the top level of the file. */
    public ConfigFileBuilder with(Consumer<ObjectNode> change) {
        change.accept(file);
        return this;
    }

    public Path folder() {
        return folder;
    }

    public int port() {
        return port;
    }

    public Path proxyConfig() {
        return folder.resolve("haproxy.cfg");
    }

    public Path proxyPid() {
        return folder.resolve("haproxy.pid");
    }

    /** Writes the file and returns its path. */
    public Path write() throws IOException {
        Path path = folder.resolve("interlock.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(path.toFile(), file);
        return path;
    }
}
