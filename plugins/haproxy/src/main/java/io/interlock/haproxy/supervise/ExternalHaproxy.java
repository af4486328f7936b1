package io.interlock.haproxy.supervise;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.haproxy.runtime.ServerStateFile;
import io.interlock.util.AtomicFile;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * HAProxy that another program starts and ends, for example in another container. Interlock controls it through its
 * sockets and the files beside them.
 */
public final class ExternalHaproxy implements HaproxyInstance {

    private final ExternalHaproxySettings settings;
    private final MasterSocket masterSocket;
    private final RuntimeApi api;
    private final ConfigStore files;
    private final AtomicFile states;
    private final RuntimeSocketPath adminSocket;
    private final MasterReloader reloader;
    private final HeartbeatWatcher heartbeat;
    private boolean watched;

    /**
     * @param requestApply called on another thread when HAProxy has started, has ended, or is not in the expected state
     */
    public ExternalHaproxy(ExternalHaproxySettings settings, Runnable requestApply) {
        this.settings = settings;
        this.masterSocket = new MasterSocket(settings.layout().masterSocket());
        this.api = new RuntimeApi(settings.layout().adminSocket());
        this.files = new ConfigStore(settings.config(), settings.layout(), settings.validator(), settings.access());
        this.states = new AtomicFile(settings.layout().serverStates(), settings.access());
        this.adminSocket = new RuntimeSocketPath(settings.layout().adminSocket());
        this.heartbeat = new HeartbeatWatcher(api, masterSocket, false, requestApply);
        this.reloader = new MasterReloader(
                settings.layout(),
                masterSocket,
                api,
                new RevisionVerifier(api, masterSocket, false, pid -> false),
                files,
                adminSocket,
                states,
                heartbeat);
    }

    @Override
    public boolean isLeftRunning() throws InterruptedException {
        try {
            return !masterSocket.status().workers().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean runs() throws InterruptedException {
        if (!watched) {
            watched = true;
            heartbeat.start();
        }
        return isLeftRunning();
    }

    /** HAProxy without a master socket counts as not running, so it has no damage. */
    @Override
    public Optional<String> damage() {
        return adminSocket.exists()
                ? Optional.empty()
                : Optional.of(settings.layout().adminSocket() + " is missing");
    }

    @Override
    public ConfigStore files() {
        return files;
    }

    @Override
    public RuntimeApi runtimeApi() {
        return api;
    }

    /** HAProxy may be on another machine, so its ports are not tested. */
    @Override
    public Optional<String> obstacleAt(int port) {
        return Optional.empty();
    }

    /** Writes the files that HAProxy needs; its owner starts it. */
    @Override
    public HaproxyWorker start(RenderedConfig desired) throws HaproxyException, InterruptedException {
        prepare();
        files.writeIfDifferent(adminSocket.forStart(desired));
        heartbeat.miss();
        throw new HaproxyException("no HAProxy answers at " + settings.layout().masterSocket()
                + ", its files are ready: start it where it sees "
                + settings.layout().directory() + " at the same path, with: " + settings.command());
    }

    @Override
    public HaproxyWorker reload(RenderedConfig desired, Map<String, String> moved, ReloadReason reason)
            throws HaproxyException, InterruptedException {
        prepare();
        try {
            return reloader.reload(new MasterReloader.Request(
                    desired,
                    moved,
                    reason,
                    Optional.empty(),
                    settings.reloadTimeout(),
                    () -> "HAProxy's own log says why"));
        } finally {
            prepare();
        }
    }

    @Override
    public void handOver() {
        close();
    }

    /** Leaves HAProxy serving. */
    @Override
    public void close() {
        heartbeat.close();
    }

    private void prepare() throws HaproxyException {
        try {
            settings.makeFolder();
            states.replace(Optional.of(ServerStateFile.NONE));
        } catch (IOException e) {
            throw new HaproxyException(
                    "HAProxy's files cannot be written into "
                            + settings.layout().directory() + ": " + ErrorMessages.reason(e),
                    e);
        }
    }
}
