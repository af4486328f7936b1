package io.interlock.dns.acmedns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.interlock.api.SecretText;
import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import io.interlock.dns.acmedns.AcmeDnsConfig.Account;
import io.interlock.testkit.DnsProviderContract;
import io.interlock.testkit.TestPluginContext;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the provider with a server that speaks the API of acme-dns. */
@Tag("unit")
class AcmeDnsContractTest extends DnsProviderContract {

    private static final String ZONE = "auth.example.org";
    private static final String SUBDOMAIN = "8e5700ea-a4bf-41c7-8a77-e990661dcc6a";
    private static final Pattern BODY = Pattern.compile("\\{\"subdomain\":\"([^\"]+)\",\"txt\":\"([^\"]{43})\"}");

    @TempDir
    Path files;

    private final List<String> values = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private Optional<OriginServer> server = Optional.empty();

    private URI serverUrl() throws IOException {
        if (server.isEmpty()) {
            server = Optional.of(OriginServer.answering(this::answer));
        }
        return URI.create("http://127.0.0.1:" + server.get().port());
    }

    @Override
    protected boolean stall() {
        answering = new CountDownLatch(1);
        return true;
    }

    @Override
    protected void resume() {
        answering.countDown();
    }

    private void awaitAnswering() throws IOException {
        try {
            answering.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server stops");
        }
    }

    @AfterEach
    void stop() {
        resume();
        server.ifPresent(OriginServer::close);
    }

    /** Keeps the last two values, as acme-dns does. */
    private void answer(HttpExchange exchange) throws IOException {
        awaitAnswering();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        Matcher fields = BODY.matcher(body);
        boolean isKnown = "user".equals(exchange.getRequestHeaders().getFirst("X-Api-User"))
                && "password".equals(exchange.getRequestHeaders().getFirst("X-Api-Key"));
        boolean isGood = exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().equals("/update")
                && fields.matches()
                && fields.group(1).equals(SUBDOMAIN);
        int code = !isKnown ? 401 : !isGood ? 400 : status;
        if (code == 200) {
            values.add(fields.group(2));
            while (values.size() > 2) {
                values.removeFirst();
            }
        }
        byte[] answer = "{\"txt\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(code, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    protected DnsProvider create(PluginContext host) throws Exception {
        return new AcmeDnsFactory().create(config("password"), host);
    }

    private AcmeDnsConfig config(String password) throws IOException {
        return new AcmeDnsConfig(
                serverUrl(),
                List.of(new Account(SUBDOMAIN + "." + ZONE + ".", SUBDOMAIN, "user", SecretText.of(password))));
    }

    @Override
    protected String zone() {
        return ZONE;
    }

    @Override
    protected String name() {
        return SUBDOMAIN + "." + ZONE;
    }

    @Override
    protected List<String> values(String name) {
        return values;
    }

    @Override
    protected boolean removes() {
        return false;
    }

    @Test
    void aNameWithoutAnAccountIsToldWhatIsMissing() throws Exception {
        DnsProvider provider = create(new TestPluginContext(files));
        ChallengeRecord record = new ChallengeRecord("example.com", "_acme-challenge.www.example.com", "v".repeat(43));

        assertThatThrownBy(() -> provider.present(record))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no account has the fulldomain _acme-challenge.www.example.com")
                .hasMessageContaining("CNAME");
        provider.close();
    }

    @Test
    void aWrongPasswordAndAServerInTroubleAreNamed() throws Exception {
        ChallengeRecord record = new ChallengeRecord(ZONE, name(), "v".repeat(43));
        DnsProvider wrong = new AcmeDnsFactory().create(config("other"), new TestPluginContext(files));
        assertThatThrownBy(() -> wrong.present(record))
                .hasMessageContaining("status 401: username or password")
                .hasMessageNotContaining("other");
        wrong.close();
        status = 500;
        DnsProvider provider = create(new TestPluginContext(files));
        assertThatThrownBy(() -> provider.present(record)).hasMessageContaining("status 500");
        provider.close();
    }

    @Test
    void wrongValuesAreNamedWithoutSecrets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcmeDnsConfig(URI.create("ftp://x"), null))
                .withMessageContaining("server is ftp://x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Account("a.example.org", "s\"x", "u", SecretText.of("hidden")))
                .withMessageContaining("subdomain is not valid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Account("a.example.org", "s", null, SecretText.of("hidden")))
                .withMessageContaining("username is missing");
        assertThat(new AcmeDnsConfig(null, null).server()).hasScheme("https");
        assertThatThrownBy(
                        () -> new AcmeDnsFactory().create(new AcmeDnsConfig(null, null), new TestPluginContext(files)))
                .hasMessageContaining("\"accounts\" is missing");
    }
}
