package io.interlock.app.docker.swarm;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.app.docker.client.EngineEventStream;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.SwarmIdValidator;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.FactSelection;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** {@link SwarmApi} over HTTP. */
final class HttpSwarmApi implements SwarmApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANGES = """
            {"type":["service","node"],"event":["create","update","remove"]}""";
    private static final int NOT_FOUND = 404;
    /**
     * Status of an engine that is not a manager, together with the text below. A swarm without a leader has the same
     * status, but must not count as no swarm.
     */
    private static final int UNAVAILABLE = 503;

    private static final String NO_MANAGER = "not a swarm manager";

    private static final JsonSelection CHANGE = members(Map.of("Type", ALL, "Actor", members(Map.of("ID", ALL))));

    /** Maximum size of all services. */
    private static final long MAX_SERVICES = 16_000_000;

    private final EngineHttpClient http;
    private final ContainerTextReader texts;
    private final JsonSelection serviceSelection;
    private final JsonSelection taskSelection;

    /**
     * @param http not closed by this object
     * @param selected labels and variables to keep
     */
    HttpSwarmApi(EngineHttpClient http, FactSelection selected) {
        this.http = http;
        this.texts = new ContainerTextReader(selected);
        this.serviceSelection = SwarmService.selection(texts);
        this.taskSelection = SwarmTaskReader.selection(texts);
    }

    @Override
    public Optional<List<SwarmService>> services() throws IOException {
        try {
            AtomicLong size = new AtomicLong();
            return Optional.of(http.list("list services", "/services", serviceSelection, element -> {
                SwarmService service = SwarmService.read(withId("service", element), texts);
                if (size.addAndGet(service.size()) > MAX_SERVICES) {
                    throw new IllegalArgumentException(
                            "all services together say more than " + MAX_SERVICES + " characters");
                }
                return service;
            }));
        } catch (IOException failed) {
            if (isWithoutSwarm(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static boolean isWithoutSwarm(IOException failed) {
        return EngineHttpClient.isUnknownOrForbidden(failed)
                || (EngineHttpClient.status(failed).orElse(0) == UNAVAILABLE
                        && String.valueOf(failed.getMessage()).contains(NO_MANAGER));
    }

    @Override
    public Optional<SwarmService> service(String id) throws IOException {
        return find("service", "/services/", id, serviceSelection).map(service -> SwarmService.read(service, texts));
    }

    @Override
    public Optional<SwarmNode> node(String id) throws IOException {
        return find("node", "/nodes/", id, SwarmNode.SELECTION).map(SwarmNode::read);
    }

    @Override
    public List<SwarmTask> desiredTasks() throws IOException {
        return list(Map.of("desired-state", SwarmTask.WANTED));
    }

    @Override
    public List<SwarmTask> desiredTasksOf(String serviceId) throws IOException {
        try {
            return list(Map.of("desired-state", SwarmTask.WANTED, "service", List.of(serviceId)));
        } catch (IOException failed) {
            if (EngineHttpClient.status(failed).orElse(0) == NOT_FOUND) {
                return List.of();
            }
            throw failed;
        }
    }

    @Override
    public List<SwarmTask> tasks(Collection<String> ids) throws IOException {
        return list(Map.of("id", ids));
    }

    @Override
    public Optional<JsonNode> task(String id) throws IOException {
        return find("task", "/tasks/", id, taskSelection);
    }

    @Override
    public ChangeSubscription subscribe() throws IOException {
        EngineEventStream stream = http.events(CHANGES, CHANGE);
        return new ChangeSubscription() {
            @Override
            public Change next() throws IOException {
                return stream.next(HttpSwarmApi::change);
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    private static Optional<Change> change(JsonNode event) {
        String id = event.path("Actor").path("ID").asText("");
        if (!SwarmIdValidator.isValid(id)) {
            return Optional.empty();
        }
        return switch (event.path("Type").asText("")) {
            case "service" -> Optional.of(new Change(Change.Kind.SERVICE, id));
            case "node" -> Optional.of(new Change(Change.Kind.NODE, id));
            default -> Optional.empty();
        };
    }

    private Optional<JsonNode> find(String what, String path, String id, JsonSelection selection) throws IOException {
        if (!SwarmIdValidator.isValid(id)) {
            return Optional.empty();
        }
        Optional<JsonNode> found = http.find(what + " " + id, path + id, selection);
        if (found.isPresent() && !id.equals(found.get().path("ID").asText(""))) {
            throw new IOException(what + " " + id + ": the engine's answer is not about it");
        }
        return found;
    }

    private List<SwarmTask> list(Map<String, Collection<String>> filters) throws IOException {
        return http.list(
                "list tasks",
                "/tasks?filters=" + EngineHttpClient.encode(JSON.writeValueAsString(filters)),
                SwarmTask.SELECTION,
                task -> SwarmTask.read(withId("task", task)));
    }

    private static JsonNode withId(String what, JsonNode element) {
        if (!SwarmIdValidator.isValid(element.path("ID").asText(""))) {
            throw new IllegalArgumentException("a " + what + " of the list has no id");
        }
        return element;
    }
}
