package io.interlock.testsupport.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counter of the results of requests; for any number of threads. */
final class HttpLoadCounter {

    private final long began;
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final List<HttpLoadResult.RequestFailure> blemishes = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();
    private long sent;

    /** @param began {@link System#nanoTime()} at the beginning */
    HttpLoadCounter(long began) {
        this.began = began;
    }

    synchronized void answered(String path, int status, long due) {
        sent++;
        byStatus.merge(status, 1L, Long::sum);
        long now = System.nanoTime();
        if (status == 200) {
            latencies.add((now - due) / 1000);
        } else {
            blemishes.add(new HttpLoadResult.RequestFailure(path, "status " + status, millis(due), millis(now)));
        }
    }

    synchronized void failed(String path, IOException e, long due) {
        sent++;
        failures.merge(e.toString(), 1L, Long::sum);
        blemishes.add(new HttpLoadResult.RequestFailure(path, e.toString(), millis(due), millis(System.nanoTime())));
    }

    /** Returns the number of answers with 200. */
    synchronized int answers() {
        return latencies.size();
    }

    synchronized HttpLoadResult result() {
        List<Long> ascending = latencies.stream().sorted().toList();
        return new HttpLoadResult(sent, Map.copyOf(byStatus), Map.copyOf(failures), List.copyOf(blemishes), ascending);
    }

    private long millis(long nanos) {
        return (nanos - began) / 1_000_000;
    }
}
