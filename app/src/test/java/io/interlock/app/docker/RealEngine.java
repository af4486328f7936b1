package io.interlock.app.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import io.interlock.testsupport.engine.SharedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Containers on the machine's engine, of an image that holds only busybox; all are removed at the end. */
final class RealEngine implements AutoCloseable {

    static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final String IMAGE = "il-docker-it";
    private static final int TAR_BLOCK = 512;

    private final DockerClient docker = SharedEngine.connect().client();
    private final List<String> containers = new ArrayList<>();
    private final Set<String> everCreated = new HashSet<>();

    RealEngine() throws IOException, InterruptedException {
        importImage();
    }

    DockerClient docker() {
        return docker;
    }

    /** Creates a container that runs until it is stopped; returns its id. */
    String create(UnaryOperator<CreateContainerCmd> how) {
        CreateContainerCmd command = docker.createContainerCmd(IMAGE)
                .withName(SharedEngine.uniqueName("app"))
                .withCmd(
                        "/busybox",
                        "sh",
                        "-c",
                        "trap 'exit 0' TERM; trap '' HUP; while :; do /busybox sleep 0.1; done");
        String id = how.apply(command).exec().getId();
        containers.add(id);
        everCreated.add(id);
        return id;
    }

    String run(UnaryOperator<CreateContainerCmd> how) {
        String id = create(how);
        docker.startContainerCmd(id).exec();
        return id;
    }

    String run() {
        return run(UnaryOperator.identity());
    }

    boolean hasCreated(String id) {
        return everCreated.contains(id);
    }

    void exec(String container) throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd("/busybox", "true")
                .exec()
                .getId();
        docker.execStartCmd(id).exec(new ResultCallback.Adapter<>()).awaitCompletion(10, TimeUnit.SECONDS);
    }

    void remove(String id) {
        docker.removeContainerCmd(id).withForce(true).exec();
        containers.remove(id);
    }

    /** Uses the command line, because docker-java sends no content with its call to create an image. */
    private static void importImage() throws IOException, InterruptedException {
        byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
        Process docker = new ProcessBuilder("docker", "import", "-", IMAGE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream archive = docker.getOutputStream()) {
            archive.write(tar("busybox", busybox));
        }
        if (docker.waitFor() != 0) {
            throw new IOException("docker import failed");
        }
    }

    /** A tar archive of one executable file. */
    private static byte[] tar(String name, byte[] content) throws IOException {
        byte[] header = new byte[TAR_BLOCK];
        put(header, 0, name);
        put(header, 100, "0000755");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte each : header) {
            sum += Byte.toUnsignedInt(each);
        }
        put(header, 148, "%06o".formatted(sum));
        header[154] = 0;
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.write(header);
        archive.write(content);
        archive.write(new byte[Math.floorMod(-content.length, TAR_BLOCK) + 2 * TAR_BLOCK]);
        return archive.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    @Override
    public void close() {
        for (String id : List.copyOf(containers)) {
            remove(id);
        }
    }
}
