package io.interlock.stats;

import io.interlock.api.sink.StatsSinkContext;
import io.interlock.stats.http.StatsHttpRequest;
import io.interlock.stats.http.StatsHttpResponse;
import io.interlock.stats.http.StatsHttpServer;
import io.interlock.stats.json.StatsDocumentFactory;
import io.interlock.stats.json.StatsJsonWriter;
import io.interlock.stats.metrics.MetricsFormat;
import io.interlock.stats.metrics.PrometheusMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Handlers of the paths of the statistics listener. */
final class StatsHttpHandlers {

    private static final String API = "/api/v1/";
    private static final Map<String, String> FILES = Map.of(
            "/",
            "dashboard/index.html",
            "/dashboard.js",
            "dashboard/dashboard.js",
            "/model.js",
            "dashboard/model.js",
            "/preact.js",
            "dashboard/preact.js",
            "/dashboard.css",
            "dashboard/dashboard.css",
            "/icon.svg",
            "dashboard/icon.svg",
            API + "openapi.yaml",
            "openapi.yaml");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml");

    /** How long a slow reader may keep others from newer figures. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StatsSinkContext context;
    private final StatisticsSink sink;
    private final SnapshotPool snapshots = new SnapshotPool(PATIENCE);
    private final StatsJsonWriter json = new StatsJsonWriter();

    StatsHttpHandlers(StatsSinkContext context, StatisticsSink sink) {
        this.context = context;
        this.sink = sink;
    }

    void serveOn(StatsHttpServer listener) {
        listener.onForEverybody("/healthz", request -> StatsHttpResponse.text(200, "ok"));
        listener.onForEverybody("/readyz", request -> readiness());
        listener.stream("/metrics", this::metrics);
        document(listener, "status", StatsDocumentFactory::status);
        document(listener, "routes", StatsDocumentFactory::routes);
        document(listener, "backends", StatsDocumentFactory::backends);
        document(listener, "servers", StatsDocumentFactory::servers);
        document(listener, "overview", StatsDocumentFactory::overview);
        document(listener, "containers", documents -> documents.host().containers());
        document(listener, "engines", documents -> documents.host().engines());
        document(listener, "plugins", documents -> documents.host().plugins());
        document(listener, "problems", documents -> documents.host().problems());
        listener.on(API + "events", this::events);
        listener.on(API + "explain", this::explain);
        listener.stream(API + "stream", request -> sink.stream().serve(request, out -> latest(request, out)));
        FILES.forEach((path, file) -> {
            StatsHttpResponse answer = file(file);
            listener.on(path, request -> answer);
        });
    }

    private void document(StatsHttpServer listener, String name, Function<StatsDocumentFactory, Object> document) {
        listener.stream(API + name, request -> {
            try (SnapshotPool.Lease lease = snapshots.lease(context::snapshot, request::abort)) {
                request.stream(StatsHttpResponse.JSON, out -> json.write(document.apply(lease.documents()), out));
            }
        });
    }

    /** Writes the overview of the latest snapshot for a reader of the stream. */
    private void latest(StatsHttpRequest request, OutputStream out) throws IOException, InterruptedException {
        try (SnapshotPool.Lease lease = snapshots.lease(
                () -> sink.latest().isPresent() ? sink.latest().get() : context.snapshot(), request::abort)) {
            lease.overview(json).writeTo(out);
        }
    }

    private StatsHttpResponse readiness() throws InterruptedException {
        return context.snapshot().host().ready()
                ? StatsHttpResponse.text(200, "ready")
                : StatsHttpResponse.text(503, "not ready");
    }

    private void metrics(StatsHttpRequest request) throws IOException, InterruptedException {
        MetricsFormat format = MetricsFormat.of(request.header("Accept").orElse(""));
        try (SnapshotPool.Lease lease = snapshots.lease(context::snapshot, request::abort)) {
            request.stream(
                    format.contentType(),
                    out -> PrometheusMetrics.write(lease.snapshot(), sink.webhookCounts(), format, out));
        }
    }

    private StatsHttpResponse events(StatsHttpRequest request) throws InterruptedException {
        long since;
        try {
            since = Long.parseLong(request.parameter("since").orElse("0"));
        } catch (NumberFormatException e) {
            return StatsHttpResponse.text(400, "since is no whole number.");
        }
        return StatsHttpResponse.json(json.write(context.snapshot().host().events().stream()
                .filter(event -> event.sequence() > since)
                .toList()));
    }

    private StatsHttpResponse explain(StatsHttpRequest request) throws InterruptedException {
        String question = request.parameter("q").orElse("").strip();
        return question.isEmpty()
                ? StatsHttpResponse.text(400, "q is missing: a host name, a URL, or a container's name or id.")
                : StatsHttpResponse.json(json.write(context.explain(question)));
    }

    private static StatsHttpResponse file(String name) {
        String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
        try (InputStream in = Objects.requireNonNull(StatsHttpHandlers.class.getResourceAsStream(name), name)) {
            return new StatsHttpResponse(200, type, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a file of this jar cannot be read: " + name, e);
        }
    }
}
