package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.process.ProcessSignals;
import io.interlock.haproxy.process.ProcessState;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the HAProxy that an earlier controller left running when it was killed or handed over. */
final class MasterTakeover {

    private static final Logger log = LoggerFactory.getLogger("haproxy");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ManagedHaproxySettings settings;
    private final HaproxyProcesses processes;
    private final MasterSocket masterSocket;
    private final MasterLauncher launcher;
    private final MasterStopper stopper;

    MasterTakeover(
            ManagedHaproxySettings settings,
            HaproxyProcesses processes,
            MasterSocket masterSocket,
            MasterLauncher launcher,
            MasterStopper stopper) {
        this.settings = settings;
        this.processes = processes;
        this.masterSocket = masterSocket;
        this.launcher = launcher;
        this.stopper = stopper;
    }

    /** The master that can be taken over; empty if there is none. All other processes are ended. */
    Optional<ProcessHandle> takeOver() throws InterruptedException {
        List<ProcessHandle> found = processes.find();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        for (ProcessHandle process : found) {
            if (ProcessState.of(process.pid()).filter(ProcessState::isStopped).isPresent()) {
                ProcessSignals.resume("process", process.pid());
            }
        }
        Optional<ProcessHandle> master = findMaster(found);
        if (master.isEmpty()) {
            log.warn("{} processes of an HAProxy without master are ended", found.size());
            HaproxyProcesses.end(found);
        } else if (launcher.started(master.get())) {
            log.info(
                    "HAProxy (process {}) runs already and is taken over",
                    master.get().pid());
            return master;
        } else {
            log.info(
                    "HAProxy (process {}) runs with other settings and is replaced",
                    master.get().pid());
            stopper.stop(master.get(), settings.stopTimeout());
        }
        return Optional.empty();
    }

    private Optional<ProcessHandle> findMaster(List<ProcessHandle> found) throws InterruptedException {
        if (!Files.exists(settings.layout().masterSocket())) {
            return found.stream()
                    .filter(process -> process.children().anyMatch(processes::isOurs))
                    .findFirst();
        }
        Deadline deadline = Deadline.in(TIMEOUT);
        do {
            try {
                return ProcessHandle.of(masterSocket.status().masterPid()).filter(processes::isOurs);
            } catch (IOException e) {
                Deadline.pause();
            }
        } while (!deadline.isOver());
        return Optional.empty();
    }
}
