package io.interlock.stats;

import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.http.ServerSentEventStream;
import io.interlock.stats.http.StatsHttpResponse;
import io.interlock.stats.http.StatsHttpServer;
import io.interlock.stats.http.StatsHttpServer.Request;
import io.interlock.stats.json.StatsDocumentFactory;
import io.interlock.stats.json.StatsJsonWriter;
import io.interlock.stats.metrics.PrometheusMetrics;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    private final StatsSinkContext context;
    private final ServerSentEventStream stream;
    private final StatsJsonWriter json = new StatsJsonWriter();
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    StatsHttpHandlers(StatsSinkContext context, ServerSentEventStream stream) {
        this.context = context;
        this.stream = stream;
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
        part(listener, "containers", snapshot -> snapshot.host().containers());
        part(listener, "engines", snapshot -> snapshot.host().engines());
        part(listener, "plugins", snapshot -> snapshot.host().plugins());
        part(listener, "problems", snapshot -> snapshot.host().problems());
        listener.on(API + "events", this::events);
        listener.on(API + "explain", this::explain);
        listener.stream(API + "stream", stream::serve);
        FILES.forEach((path, file) -> {
            StatsHttpResponse answer = file(file);
            listener.on(path, request -> answer);
        });
    }

    private void document(StatsHttpServer listener, String name, Function<StatsDocumentFactory, Object> document) {
        part(listener, name, snapshot -> document.apply(new StatsDocumentFactory(snapshot)));
    }

    private void part(StatsHttpServer listener, String name, Function<StatsSnapshot, Object> part) {
        listener.on(API + name, request -> StatsHttpResponse.json(json.write(part.apply(context.snapshot()))));
    }

    private StatsHttpResponse readiness() throws InterruptedException {
        return context.snapshot().host().ready()
                ? StatsHttpResponse.text(200, "ready")
                : StatsHttpResponse.text(503, "not ready");
    }

    /** Writes metrics while they are rendered: for thousands of servers they take tens of megabytes. */
    private void metrics(Request request) throws IOException, InterruptedException {
        ExpositionFormatWriter writer =
                openMetrics.accepts(request.header("Accept").orElse("")) ? openMetrics : plain;
        MetricSnapshots metrics = PrometheusMetrics.of(context.snapshot());
        try (OutputStream out = request.begin(writer.getContentType())) {
            writer.write(out, metrics, EscapingScheme.UNDERSCORE_ESCAPING);
        }
    }

    private StatsHttpResponse events(Request request) throws InterruptedException {
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

    private StatsHttpResponse explain(Request request) throws InterruptedException {
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
