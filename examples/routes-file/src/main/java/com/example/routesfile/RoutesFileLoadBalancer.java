package com.example.routesfile;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Writes each topology into a file for another program to read. The file is replaced as a whole. */
final class RoutesFileLoadBalancer implements LoadBalancer {

    private final Path file;

    RoutesFileLoadBalancer(Path file) {
        this.file = file;
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long begin = System.nanoTime();
        String text = RoutesFileText.of(snapshot.topology());
        try {
            if (Files.isRegularFile(file) && Files.readString(file).equals(text)) {
                return new Unchanged(List.of());
            }
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return new Applied(ApplyMethod.RELOAD, Duration.ofNanos(System.nanoTime() - begin), List.of());
        } catch (IOException e) {
            return new Failed("routes cannot be written: " + e, e);
        }
    }

    /** The file stays for its reader. */
    @Override
    public void close() {}
}
