package com.example.interlock.nginx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The files of one nginx.
 *
 * @param root the plugin's data folder, which only the service's user may enter
 */
record NginxFiles(Path root) {

    /** The live configuration. */
    Path config() {
        return root.resolve("nginx.conf");
    }

    /** What may become the live one. */
    Path candidate() {
        return root.resolve("nginx.conf.new");
    }

    Path pidFile() {
        return root.resolve("nginx.pid");
    }

    Path statusSocket() {
        return root.resolve("status.sock");
    }

    /** What nginx prints. */
    Path log() {
        return root.resolve("nginx.log");
    }

    /** The text is on the disk when this returns: a rename must not overtake its content. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the candidate the live one, at once. */
    void commit() throws IOException {
        Files.move(candidate(), config(), StandardCopyOption.ATOMIC_MOVE);
    }
}
