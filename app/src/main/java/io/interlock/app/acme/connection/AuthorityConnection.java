package io.interlock.app.acme.connection;

import io.interlock.util.DurationText;
import io.interlock.util.TimeLimit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;

/**
 * Connection that limits the size and the time of answers, and also reads what the library does not: the authority's
 * clock, and how long it is overloaded.
 */
public final class AuthorityConnection extends DefaultConnection {

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** Maximum number of bytes of an answer. Chains and orders have a hundredth of it. */
    private static final int MAX_ANSWER = 1 << 20;

    private final AuthorityClock clock;
    private final Duration answerTimeout;

    /**
     * @param answerTimeout limit for the rest of an answer, from its headers on
     */
    AuthorityConnection(HttpConnector connector, AuthorityClock clock, Duration answerTimeout) {
        super(connector);
        this.clock = clock;
        this.answerTimeout = answerTimeout;
    }

    /** Answer whose body is in memory. */
    private record BufferedResponse(HttpResponse<InputStream> head, InputStream body)
            implements HttpResponse<InputStream> {
        @Override
        public int statusCode() {
            return head.statusCode();
        }

        @Override
        public HttpRequest request() {
            return head.request();
        }

        @Override
        public Optional<HttpResponse<InputStream>> previousResponse() {
            return head.previousResponse();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return head.sslSession();
        }

        @Override
        public URI uri() {
            return head.uri();
        }

        @Override
        public HttpClient.Version version() {
            return head.version();
        }
    }

    /** Thrown when the authority asks for a pause in an answer that is no ACME problem about a limit. */
    public static final class OverloadException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Instant notBefore;

        OverloadException(int status, Instant notBefore) {
            super("HTTP " + status + ", and not before " + notBefore);
            this.notBefore = notBefore;
        }

        public Instant notBefore() {
            return notBefore;
        }
    }

    /** Thrown when the authority does not have what was asked for, and says no more. */
    public static final class GoneException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        GoneException(int status) {
            super("HTTP " + status);
        }
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> request) throws IOException {
        super.sendRequest(session, url, request);
        HttpResponse<InputStream> received = lastResponse;
        if (received == null) {
            return;
        }
        BufferedResponse response = new BufferedResponse(received, body(received));
        lastResponse = response;
        response.headers().firstValue("Date").ifPresent(clock::observe);
        boolean isProblem = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
        int status = response.statusCode();
        if (GONE.contains(status) && !isProblem) {
            throw new GoneException(status);
        }
        if (status == UNAVAILABLE || (status == TOO_MANY_REQUESTS && !isProblem)) {
            Optional<Instant> notBefore = getRetryAfter();
            if (notBefore.isPresent()) {
                throw new OverloadException(status, notBefore.get());
            }
        }
    }

    private InputStream body(HttpResponse<InputStream> response) throws IOException {
        TimeLimit limit = TimeLimit.interruptingThisThread(answerTimeout, Duration.ZERO, () -> {});
        try (InputStream in = response.body()) {
            if (response.headers().firstValue("Content-Encoding").isPresent()) {
                throw new IOException("a compressed answer, which was not requested");
            }
            byte[] body = in.readNBytes(MAX_ANSWER + 1);
            if (body.length > MAX_ANSWER) {
                throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
            }
            return new ByteArrayInputStream(body);
        } catch (IOException e) {
            throw limit.end() ? new IOException("no whole answer within " + DurationText.of(answerTimeout), e) : e;
        } finally {
            limit.end();
        }
    }
}
