package io.interlock.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interlock.testsupport.network.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Chromium, driven through chromedriver as W3C's WebDriver describes. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String base;
    private final String session;

    private Browser(Process driver, int port, Path profile, boolean dark) throws IOException, InterruptedException {
        this.driver = driver;
        this.base = "http://127.0.0.1:" + port;
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> call("GET", "/status", Map.of()).path("ready").asBoolean());
        List<String> arguments = List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900",
                "--user-data-dir=" + profile,
                dark ? "--force-dark-mode" : "--light");
        Map<String, Object> capabilities = Map.of(
                "goog:chromeOptions", Map.of("args", arguments),
                "goog:loggingPrefs", Map.of("browser", "ALL"));
        session = call("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)))
                .path("sessionId")
                .asText();
    }

    static Browser start(Path profile, boolean dark) throws IOException, InterruptedException {
        int port = FreePorts.next();
        Process driver;
        try {
            driver = new ProcessBuilder("chromedriver", "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolveSibling("chromedriver.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "this test needs chromedriver, of Debian's package chromium-driver: run make test", e);
        }
        boolean done = false;
        try {
            Browser browser = new Browser(driver, port, profile, dark);
            done = true;
            return browser;
        } finally {
            if (!done) {
                driver.destroyForcibly();
            }
        }
    }

    void open(String url) throws IOException, InterruptedException {
        post("/url", Map.of("url", url));
    }

    /** The value of an expression, as JSON has it. */
    JsonNode value(String expression) throws IOException, InterruptedException {
        return post("/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    /** What a reader sees of the page. */
    String text() throws IOException, InterruptedException {
        return value("document.body.innerText").asText();
    }

    void click(String selector) throws IOException, InterruptedException {
        post("/element/" + element("css selector", selector) + "/click", Map.of());
    }

    /** Types into whatever has the focus. */
    void type(String keys) throws IOException, InterruptedException {
        List<Map<String, String>> actions = keys.codePoints()
                .mapToObj(Character::toString)
                .flatMap(key ->
                        List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key))
                                .stream())
                .toList();
        post("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    /** What the browser complained about. */
    List<String> complaints() throws IOException, InterruptedException {
        return post("/se/log", Map.of("type", "browser"))
                .valueStream()
                .map(entry -> entry.path("message").asText())
                .toList();
    }

    void screenshot(Path file) throws IOException, InterruptedException {
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("GET", "/session/" + session + "/screenshot", Map.of())
                                .asText()));
    }

    @Override
    public void close() throws IOException {
        try {
            call("DELETE", "/session/" + session, Map.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
            driver.onExit()
                    .completeOnTimeout(driver, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            driver.destroyForcibly();
            client.close();
        }
    }

    private String element(String using, String selector) throws IOException, InterruptedException {
        return post("/element", Map.of("using", using, "value", selector))
                .elements()
                .next()
                .asText();
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return call("POST", "/session/" + session + path, body);
    }

    private JsonNode call(String method, String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher content = method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))
                : HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, content)
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + response.body());
        }
        return json.readTree(response.body()).path("value");
    }
}
