package io.interlock.haproxy.supervise;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.ProcessLog;
import io.interlock.haproxy.process.ProcessSignals;
import io.interlock.haproxy.process.StartupAdvice;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.haproxy.runtime.ServerStateFile;
import io.interlock.haproxy.supervise.RevisionVerifier.Progress;
import io.interlock.util.AtomicFile;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a running HAProxy load a new configuration and prove it, in four steps: the files, the states of servers, the
 * command, the proof. If a step fails, the files are restored.
 */
final class MasterReloader {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final String REFUSED = "Success=0";
    /** Separator before the messages of HAProxy 2.7 and newer. */
    private static final String MESSAGES = "--\n";

    private final HaproxyPaths layout;
    private final MasterSocket master;
    private final RuntimeApi api;
    private final RevisionVerifier proof;
    private final ConfigStore files;
    private final RuntimeSocketPath adminSocket;
    private final AtomicFile states;
    private final HeartbeatWatcher heartbeat;

    /**
     * @param states the file with the states of servers
     */
    MasterReloader(
            HaproxyPaths layout,
            MasterSocket master,
            RuntimeApi api,
            RevisionVerifier proof,
            ConfigStore files,
            RuntimeSocketPath adminSocket,
            AtomicFile states,
            HeartbeatWatcher heartbeat) {
        this.layout = layout;
        this.master = master;
        this.api = api;
        this.proof = proof;
        this.files = files;
        this.adminSocket = adminSocket;
        this.states = states;
        this.heartbeat = heartbeat;
    }

    /**
     * Reload request.
     *
     * @param desired the configuration to load
     * @param moved the backends that have another name in the worker that serves: from that name to the new one
     * @param reason of the reload
     * @param process the master, if it can get signals from here
     * @param timeout the maximum time until the proof
     * @param printed returns HAProxy's output meanwhile, for messages
     */
    record Request(
            RenderedConfig desired,
            Map<String, String> moved,
            ReloadReason reason,
            Optional<ProcessHandle> process,
            Duration timeout,
            Supplier<String> printed) {

        boolean isWorthWaiting() {
            return process.map(ProcessHandle::isAlive).orElse(true);
        }
    }

    /**
     * Reloads HAProxy.
     *
     * @return the process that serves the configuration
     * @throws HaproxyException if HAProxy does not prove in time that it serves the configuration
     */
    HaproxyWorker reload(Request request) throws HaproxyException, InterruptedException {
        log.info("HAProxy loads its configuration anew: {}", request.reason().text());
        RenderedConfig desired = request.desired();
        heartbeat.operationBegins();
        try {
            ConfigStore.Previous previous = files.write(adminSocket.forReload(desired));
            boolean done = false;
            try {
                states.replace(Optional.of(ServerStateFile.of(api, desired.desired(), request.moved())));
                tell(request);
                done = true;
            } catch (IOException e) {
                throw new HaproxyException("HAProxy's files cannot be written: " + ErrorMessages.reason(e), e);
            } finally {
                if (!done) {
                    files.restore(previous);
                }
            }
            HaproxyWorker worker = proof.worker(desired.revision());
            heartbeat.proven(worker);
            tellOfOldWorkers();
            return worker;
        } finally {
            forgetStates();
            heartbeat.operationEnds();
        }
    }

    private void tell(Request request) throws HaproxyException, InterruptedException {
        Deadline deadline = Deadline.in(request.timeout());
        if (request.process().isPresent() && !Files.exists(layout.masterSocket())) {
            log.warn("{} is missing: HAProxy reloads because of a signal", layout.masterSocket());
            signal(request.process().get(), request, deadline);
        } else {
            command(request, deadline);
        }
    }

    private void command(Request request, Deadline deadline) throws HaproxyException, InterruptedException {
        BooleanSupplier alive = request::isWorthWaiting;
        try {
            MasterStatus before = status(alive, deadline);
            String answer = command(before, deadline);
            int messages = answer.indexOf(MESSAGES);
            if (answer.contains(REFUSED)
                    || !proof.await(request.desired().revision(), alive, now -> progress(before, now), deadline)) {
                throw failure(
                        request,
                        deadline,
                        messages < 0
                                ? request.printed()
                                : () -> ProcessLog.lastWords(answer.substring(messages + MESSAGES.length())));
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be told to reload: " + ErrorMessages.reason(e), e);
        }
    }

    private void signal(ProcessHandle process, Request request, Deadline deadline)
            throws HaproxyException, InterruptedException {
        try {
            ProcessSignals.reload(process.pid());
            // A master has a socket again only after it received the signal.
            if (!proof.await(
                    request.desired().revision(), process::isAlive, now -> progress(now.failed(), true), deadline)) {
                throw failure(request, deadline, request.printed());
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be told to reload: " + ErrorMessages.reason(e), e);
        }
    }

    private void tellOfOldWorkers() throws InterruptedException {
        int old = master.oldWorkers();
        if (old > 0) {
            log.info("{} replaced workers of HAProxy still finish what they have", old);
        }
    }

    /** Empties the file with the states of servers, which would be wrong at a later start. */
    private void forgetStates() {
        try {
            states.replace(Optional.of(ServerStateFile.NONE));
        } catch (IOException e) {
            log.warn("{} stays as it is: {}", layout.serverStates(), ErrorMessages.reasonAt(layout.serverStates(), e));
        }
    }

    private static HaproxyException failure(Request request, Deadline deadline, Supplier<String> printed) {
        String what = request.isWorthWaiting() ? "HAProxy did not take the new configuration" : "HAProxy ended";
        return new HaproxyException(
                what + (deadline.isOver() ? " in time: " : ": ") + StartupAdvice.withAdvice(printed.get()));
    }

    private static Progress progress(MasterStatus before, MasterStatus now) {
        return progress(now.failed(), now.reloads() > before.reloads());
    }

    private static Progress progress(int failed, boolean begun) {
        return !begun ? Progress.NOT_YET : failed > 0 ? Progress.FAILED : Progress.BEGUN;
    }

    /** The status of the master, which accepts no connection while an earlier reload is in progress. */
    private MasterStatus status(BooleanSupplier alive, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            try {
                return master.status();
            } catch (IOException e) {
                if (deadline.isOver() || !alive.getAsBoolean()) {
                    throw e;
                }
                Deadline.pause();
            }
        }
    }

    /**
     * Sends the command once. If the connection breaks, the master's count of reloads shows whether it received the
     * command.
     */
    private String command(MasterStatus before, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            try {
                return master.reload(deadline);
            } catch (IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
                Deadline.pause();
                if (hasBegun(before)) {
                    return "";
                }
            }
        }
    }

    private boolean hasBegun(MasterStatus before) throws InterruptedException {
        try {
            return master.status().reloads() > before.reloads();
        } catch (IOException e) {
            return false;
        }
    }
}
