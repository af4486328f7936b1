package io.interlock.app.acme;

import java.io.IOException;
import java.io.Serial;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;

/** Connection that also reads what the library does not: the authority's clock, and how long it is overloaded. */
final class AuthorityConnection extends DefaultConnection {

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final AuthorityClock clock;

    AuthorityConnection(HttpConnector connector, AuthorityClock clock) {
        super(connector);
        this.clock = clock;
    }

    /** Thrown when the authority asks for a pause in an answer that is no ACME problem about a limit. */
    static final class OverloadException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Instant notBefore;

        OverloadException(int status, Instant notBefore) {
            super("HTTP " + status + ", and not before " + notBefore);
            this.notBefore = notBefore;
        }

        Instant notBefore() {
            return notBefore;
        }
    }

    /** Thrown when the authority does not have what was asked for, and says no more. */
    static final class GoneException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        GoneException(int status) {
            super("HTTP " + status);
        }
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> request) throws IOException {
        super.sendRequest(session, url, request);
        HttpResponse<?> response = lastResponse;
        if (response == null) {
            return;
        }
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
}
