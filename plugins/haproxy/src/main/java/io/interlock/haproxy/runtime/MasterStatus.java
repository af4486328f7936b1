package io.interlock.haproxy.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status of the master and its workers: the answer to {@code show proc}.
 *
 * @param masterPid the process id of the master
 * @param reloads the number of reloads since the start of the master
 * @param failed the number of consecutive failures of the latest reloads
 * @param workers the process ids of the workers that serve
 * @param oldWorkers the process ids of the replaced workers, which finish their connections
 */
public record MasterStatus(long masterPid, int reloads, int failed, List<Long> workers, List<Long> oldWorkers) {

    private static final Pattern MASTER =
            Pattern.compile("(\\d{1,10})\\s+master\\s+(\\d{1,9})(?: \\[failed: (\\d{1,9})])?.*");
    private static final Pattern WORKER = Pattern.compile("(\\d{1,10})\\s+worker\\s.*");

    public MasterStatus {
        workers = List.copyOf(workers);
        oldWorkers = List.copyOf(oldWorkers);
    }

    /** Reads the answer; empty if it is not such an answer. A master that is starting gives none. */
    static Optional<MasterStatus> parse(String answer) {
        Optional<Matcher> master =
                answer.lines().map(MASTER::matcher).filter(Matcher::matches).findFirst();
        if (master.isEmpty()) {
            return Optional.empty();
        }
        List<Long> workers = new ArrayList<>();
        List<Long> oldWorkers = new ArrayList<>();
        List<Long> section = workers;
        for (String line : answer.lines().toList()) {
            Matcher worker = WORKER.matcher(line);
            if (line.startsWith("# old workers")) {
                section = oldWorkers;
            } else if (worker.matches()) {
                section.add(Long.parseLong(worker.group(1)));
            }
        }
        Matcher numbers = master.get();
        String failed = numbers.group(3);
        return Optional.of(new MasterStatus(
                Long.parseLong(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                failed == null ? 0 : Integer.parseInt(failed),
                workers,
                oldWorkers));
    }

    /** The process ids of all workers, current and replaced. */
    public List<Long> allWorkers() {
        List<Long> all = new ArrayList<>(workers);
        all.addAll(oldWorkers);
        return all;
    }
}
