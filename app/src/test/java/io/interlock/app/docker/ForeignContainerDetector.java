package io.interlock.app.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Detects containers of other users of the machine's engine, which make exact counts of events meaningless. */
final class ForeignContainerDetector implements AutoCloseable {

    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final ResultCallback.Adapter<Event> callback = new ResultCallback.Adapter<>() {
        @Override
        public void onNext(Event event) {
            if (event.getType() == EventType.CONTAINER) {
                active.add(Objects.requireNonNull(event.getId()));
            }
        }
    };

    ForeignContainerDetector(DockerClient docker) throws InterruptedException {
        docker.eventsCmd().exec(callback).awaitStarted();
    }

    /** Whether there were none, so that counts can be exact. */
    boolean areNone(RealEngine engine) {
        return active.stream().allMatch(engine::hasCreated);
    }

    @Override
    public void close() throws IOException {
        callback.close();
    }
}
