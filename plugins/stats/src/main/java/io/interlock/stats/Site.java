package io.interlock.stats;

import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.http.Answer;
import io.interlock.stats.http.Listener;
import io.interlock.stats.http.Listener.Request;
import io.interlock.stats.http.Stream;
import io.interlock.stats.json.Documents;
import io.interlock.stats.json.Json;
import io.interlock.stats.metrics.Scrape;
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

/** Which path has which answer. */
final class Site {

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
    private final Stream stream;
    private final Json json = new Json();
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    Site(StatsSinkContext context, Stream stream) {
        this.context = context;
        this.stream = stream;
    }

    void serveOn(Listener listener) {
        listener.onForEverybody("/healthz", request -> Answer.text(200, "ok"));
        listener.onForEverybody("/readyz", request -> readiness());
        listener.stream("/metrics", this::metrics);
        document(listener, "status", Documents::status);
        document(listener, "routes", Documents::routes);
        document(listener, "backends", Documents::backends);
        document(listener, "servers", Documents::servers);
        document(listener, "overview", Documents::overview);
        part(listener, "containers", snapshot -> snapshot.host().containers());
        part(listener, "engines", snapshot -> snapshot.host().engines());
        part(listener, "plugins", snapshot -> snapshot.host().plugins());
        part(listener, "problems", snapshot -> snapshot.host().problems());
        listener.on(API + "events", this::events);
        listener.on(API + "explain", this::explain);
        listener.stream(API + "stream", stream::serve);
        FILES.forEach((path, file) -> {
            Answer answer = file(file);
            listener.on(path, request -> answer);
        });
    }

    private void document(Listener listener, String name, Function<Documents, Object> document) {
        part(listener, name, snapshot -> document.apply(new Documents(snapshot)));
    }

    private void part(Listener listener, String name, Function<StatsSnapshot, Object> part) {
        listener.on(API + name, request -> Answer.json(json.write(part.apply(context.snapshot()))));
    }

    private Answer readiness() throws InterruptedException {
        return context.snapshot().host().ready() ? Answer.text(200, "ready") : Answer.text(503, "not ready");
    }

    /** Written as it is made: of thousands of servers it is tens of megabytes. */
    private void metrics(Request request) throws IOException, InterruptedException {
        ExpositionFormatWriter writer =
                openMetrics.accepts(request.header("Accept").orElse("")) ? openMetrics : plain;
        MetricSnapshots metrics = Scrape.of(context.snapshot());
        try (OutputStream out = request.begin(writer.getContentType())) {
            writer.write(out, metrics, EscapingScheme.UNDERSCORE_ESCAPING);
        }
    }

    private Answer events(Request request) throws InterruptedException {
        long since;
        try {
            since = Long.parseLong(request.parameter("since").orElse("0"));
        } catch (NumberFormatException e) {
            return Answer.text(400, "since is no whole number.");
        }
        return Answer.json(json.write(context.snapshot().host().events().stream()
                .filter(event -> event.sequence() > since)
                .toList()));
    }

    private Answer explain(Request request) throws InterruptedException {
        String question = request.parameter("q").orElse("").strip();
        return question.isEmpty()
                ? Answer.text(400, "q is missing: a host name, a URL, or a container's name or id.")
                : Answer.json(json.write(context.explain(question)));
    }

    private static Answer file(String name) {
        String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
        try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
            return new Answer(200, type, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a file of this jar cannot be read: " + name, e);
        }
    }
}
