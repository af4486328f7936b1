package com.example.interlock.nginx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files of one nginx.
 *
 * @param root the plugin's data folder, which only the user of the service may enter
 */
record NginxFiles(Path root) {

    /** The live configuration. */
    Path config() {
        return root.resolve("nginx.conf");
    }

    /** The candidate, which may become the live configuration. */
    Path candidate() {
        return root.resolve("nginx.conf.new");
    }

    Path pidFile() {
        return root.resolve("nginx.pid");
    }

    Path statusSocket() {
        return root.resolve("status.sock");
    }

    /** nginx' output. */
    Path log() {
        return root.resolve("nginx.log");
    }

    /** Writes a file. The text is on the disk when this returns, so that a rename does not overtake its content. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the candidate the live configuration, atomically. */
    void commit() throws IOException {
        Files.move(candidate(), config(), StandardCopyOption.ATOMIC_MOVE);
    }
}
