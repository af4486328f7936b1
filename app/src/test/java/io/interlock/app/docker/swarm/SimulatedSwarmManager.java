package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.client.HttpEngineClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Engine that manages a swarm, over HTTP: answers with its data in memory, or as a test sets. */
final class SimulatedSwarmManager implements AutoCloseable {

    static final String ID = "manager";
    static final Answer NO_MANAGER =
            new Answer(503, "{\"message\":\"This node is not a swarm manager. Use docker swarm init\"}", false);
    static final Answer NO_LEADER =
            new Answer(503, "{\"message\":\"rpc error: The swarm does not have a leader\"}", false);

    static final Answer LOCKED = new Answer(
            503, "{\"message\":\"Swarm is encrypted and needs to be unlocked before it can be used.\"}", false);

    /** A status that, unlike 503, the client itself does not retry a second later. */
    static final Answer FAILED = new Answer(500, "{\"message\":\"rpc error: deadline exceeded\"}", false);

    private static final int MANY = 1_000;
    private static final Answer SILENCE = new Answer(0, "", true);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The number of requests for each path. */
    final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private final Map<String, JsonNode> services = new ConcurrentSkipListMap<>();
    private final Map<String, JsonNode> tasks = new ConcurrentSkipListMap<>();
    private final Map<String, JsonNode> nodes = new ConcurrentSkipListMap<>();
    private final Map<String, Answer> instead = new ConcurrentHashMap<>();
    private final Map<String, String> containers = new ConcurrentSkipListMap<>();
    private final List<HttpExchange> watching = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> subscribed = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore silence = new Semaphore(0);
    private final HttpServer server;
    private volatile Role role = new Role("active", true);
    private volatile boolean unlocking;

    /**
     * Answer that replaces the usual one.
     *
     * @param isCut whether the connection ends before the whole answer was sent
     */
    record Answer(int status, String body, boolean isCut) {

        static Answer of(String body) {
            return new Answer(200, body, false);
        }

        static Answer cut(String body) {
            return new Answer(200, body, true);
        }
    }

    /** What it reports of itself. */
    private record Role(String state, boolean isManager) {}

    SimulatedSwarmManager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Sets the answer for this path from now on. */
    void says(String path, Answer answer) {
        instead.put(path, answer);
    }

    /** Returns to the usual answers. */
    void recovers() {
        instead.clear();
    }

    /** Sets the state that it reports of itself from now on. */
    void is(String localNodeState, boolean isManager) {
        role = new Role(localNodeState, isManager);
    }

    /** Simulates a restart with a locked swarm: it answers no question about it, and all connections are lost. */
    void restartsLocked() {
        restarts("locked", LOCKED);
    }

    /** Simulates a restart with a swarm that it does not know yet. */
    synchronized void restarts(String localNodeState, Answer answer) {
        is(localNodeState, false);
        for (String path : List.of("/services", "/tasks")) {
            says(path, answer);
        }
        services.keySet().forEach(id -> says("/services/" + id, answer));
        nodes.keySet().forEach(id -> says("/nodes/" + id, answer));
        tasks.keySet().forEach(id -> says("/tasks/" + id, answer));
        endStreams();
        watching.forEach(HttpExchange::close);
        watching.clear();
    }

    /** Makes the swarm answer again, and emits an event that this node is present. */
    void unlocks() {
        // It answers before it says that it does.
        recovers();
        is("active", true);
        emit("{\"Type\":\"node\",\"Action\":\"update\",\"Actor\":{\"ID\":\"n1\"}}\n");
    }

    /** Makes the swarm answer again from the moment when the engine is asked for its own state. */
    void unlocksWhenAskedForItsState() {
        unlocking = true;
    }

    /** Starts one of the engine's own containers. */
    void runs(String container) {
        containers.put(container, "running");
        emit(event("start", container));
    }

    /** Ends one of the engine's own containers. */
    void ends(String container) {
        containers.put(container, "exited");
        emit(event("die", container));
    }

    private static String event(String action, String container) {
        return """
            {"Type":"container","Action":"%s","Actor":{"ID":"%s"},"timeNano":%d000000}
            """.formatted(action, container, System.currentTimeMillis());
    }

    /** Sends a text to all subscribers of the engine's events. */
    synchronized void emit(String text) {
        watching.removeIf(exchange -> !isSent(exchange, text));
    }

    /** Gives no answer for this path from now on. */
    void isSilentAt(String path) {
        says(path, SILENCE);
    }

    /** Gives the usual answer to all requests that wait for one. */
    void silenceEnds() {
        instead.values().removeIf(SILENCE::equals);
        silence.release(MANY);
    }

    /** Adds a service, with an Interlock label unless the port is empty. */
    void service(String id, String port) {
        String labels = "{\"com.docker.stack.namespace\":\"stack\""
                + (port.isEmpty() ? "" : ",\"interlock.port\":\"" + port + "\"") + "}";
        services.put(id, read("""
            {"ID":"%s","Spec":{"Name":"shop","Labels":%s}}\
            """.formatted(id, labels)));
    }

    void node(String id, String state) {
        nodes.put(id, read("""
            {"ID":"%s","Status":{"Addr":"192.0.2.7","State":"%s"}}\
            """.formatted(id, state)));
    }

    /** Adds a task on node n1. */
    void task(String id, String service, String container, int version, String state, String desired) {
        tasks.put(id, read("""
            {"ID":"%s","Version":{"Index":%d},"ServiceID":"%s","NodeID":"n1","Slot":1,"DesiredState":"%s",
             "Spec":{"ContainerSpec":{"Image":"shop:1"}},
             "Status":{"State":"%s","ContainerStatus":{"ContainerID":"%s"}}}\
            """.formatted(id, version, service, desired, state, container)));
    }

    void removeService(String id) {
        services.remove(id);
    }

    void removeTask(String id) {
        tasks.remove(id);
    }

    /** Emits a change to all subscribers of the swarm's changes. */
    void tell(String type, String id) {
        send("{\"Type\":\"" + type + "\",\"Action\":\"update\",\"Actor\":{\"ID\":\"" + id + "\"}}\n");
    }

    /** Sends a text to all subscribers of the swarm's changes. */
    synchronized void send(String text) {
        subscribed.removeIf(exchange -> !isSent(exchange, text));
    }

    private static boolean isSent(HttpExchange exchange, String text) {
        try {
            OutputStream body = exchange.getResponseBody();
            body.write(text.getBytes(StandardCharsets.UTF_8));
            body.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends the streams of changes. */
    synchronized void endStreams() {
        subscribed.forEach(HttpExchange::close);
        subscribed.clear();
    }

    int subscriptions() {
        return subscribed.size();
    }

    EngineConfig config(Mode mode) {
        return new EngineConfig(
                ID,
                URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()),
                1,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                mode,
                List.of());
    }

    EngineHttpClient connect() throws IOException {
        return EngineHttpClient.connect(config(Mode.AUTO), Timeouts.DEFAULT);
    }

    /** A client of its swarm that has seen nothing yet. */
    static SwarmEngineClient client(EngineHttpClient http, boolean tasksOnly) {
        return new SwarmEngineClient(
                ID,
                new HttpEngineClient(http, ID, Set.of(), any -> true),
                new HttpSwarmApi(http, ContainerPolicy.DEFAULT.labels()),
                new SwarmTaskReader(ID, ContainerPolicy.DEFAULT.labels()),
                tasksOnly,
                new SwarmView());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (unlocking && path.equals("/info")) {
            unlocking = false;
            unlocks();
        }
        Answer told = instead.get(path);
        asked.merge(path, 1, Integer::sum);
        String query =
                URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), StandardCharsets.UTF_8);
        if (SILENCE.equals(told)) {
            silence.acquireUninterruptibly();
            told = instead.get(path);
        }
        if (told != null) {
            send(exchange, told);
        } else if (path.equals("/events")) {
            subscribe(exchange, query.contains("service") ? subscribed : watching);
        } else {
            String truth = truth(path, query);
            send(
                    exchange,
                    truth == null ? new Answer(404, "{\"message\":\"no such thing\"}", false) : Answer.of(truth));
        }
    }

    /** Whoever has the answer gets every event from then on. */
    private synchronized void subscribe(HttpExchange exchange, List<HttpExchange> subscribers) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        subscribers.add(exchange);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length + (answer.isCut() ? 100 : 0));
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private @Nullable String truth(String path, String query) {
        List<String> parts = List.of(path.substring(1).split("/"));
        String id = parts.size() > 1 ? parts.get(1) : "";
        return switch (parts.getFirst()) {
            case "_ping" -> "OK";
            case "info" ->
                "{\"Name\":\"box\",\"Swarm\":{\"LocalNodeState\":\"%s\",\"ControlAvailable\":%b}}"
                        .formatted(role.state(), role.isManager());
            case "containers" -> parts.size() == 2 ? running() : container(id);
            case "services" -> parts.size() == 1 ? services.values().toString() : text(services.get(id));
            case "nodes" -> text(nodes.get(id));
            case "tasks" -> parts.size() == 1 ? tasks(query) : text(tasks.get(id));
            default -> null;
        };
    }

    private String running() {
        return containers.entrySet().stream()
                .filter(container -> container.getValue().equals("running"))
                .map(container -> "{\"Id\":\"" + container.getKey() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private @Nullable String container(String id) {
        String status = containers.get(id);
        return status == null ? null : """
            {"Id":"%s","Name":"/own","Created":"2026-11-22T12:00:00Z","Config":{"Hostname":"own.example.com"},
             "State":{"Status":"%s","Running":%b,"StartedAt":"2026-11-22T12:00:00Z"}}\
            """.formatted(id, status, status.equals("running"));
    }

    private String tasks(String query) {
        JsonNode filters = read(query.substring(query.indexOf('=') + 1));
        return tasks.values().stream()
                .filter(task -> passes(filters, "desired-state", task.path("DesiredState"))
                        && passes(filters, "service", task.path("ServiceID"))
                        && passes(filters, "id", task.path("ID")))
                .map(JsonNode::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static boolean passes(JsonNode filters, String filter, JsonNode value) {
        return !filters.has(filter) || filters.path(filter).valueStream().anyMatch(value::equals);
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException defect) {
            throw new IllegalArgumentException(json, defect);
        }
    }

    /** Stops listening. */
    @Override
    public void close() {
        silenceEnds();
        server.stop(0);
        threads.shutdownNow();
    }
}
