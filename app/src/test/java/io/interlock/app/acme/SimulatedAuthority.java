package io.interlock.app.acme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.interlock.app.certificates.InMemoryCertificateAuthority;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Certificate authority (RFC 8555) that accepts every signature, or gives the answers that a test sets. */
final class SimulatedAuthority implements AutoCloseable {

    /** Paths, each followed by the order's number if it belongs to one. */
    static final String ACCOUNT = "/account";

    static final String NEW_ORDER = "/new-order";
    static final String ORDER = "/order/";
    static final String AUTHORIZATION = "/authorization/";
    static final String CHALLENGE = "/challenge/";
    static final String FINALIZE = "/finalize/";
    static final String CERTIFICATE = "/certificate/";
    static final String RENEWAL = "/renewal/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InMemoryCertificateAuthority CERTIFICATES =
            new InMemoryCertificateAuthority(Instant.parse("2026-11-25T12:00:00Z"));
    private static final String PROBLEM = "application/problem+json";

    /** The ordered names, in order. */
    final List<String> ordered = new CopyOnWriteArrayList<>();
    /** The profiles that were ordered; empty texts for none. */
    final List<String> profiles = new CopyOnWriteArrayList<>();
    /** The number of requests for each path. */
    final Map<String, Integer> asked = new ConcurrentHashMap<>();

    /**
     * The states of orders before and after they are finalized, and of authorizations after their challenge was met.
     */
    volatile String readyOrder = "ready";

    volatile String finalizedOrder = "valid";
    volatile String newAuthorization = "pending";
    volatile String metAuthorization = "valid";
    volatile String challengeType = "http-01";
    /** Additional fields of an order. */
    volatile String orderFields = ",\"certificate\":\"BASE/certificate/NUMBER\"";
    /** The time to wait before the next request. */
    volatile String retryAfter = "0";

    /** Additional fields of the directory. */
    volatile String directoryFields = "";
    /** What it suggests for renewals; empty: nothing. */
    volatile String renewalWindow = "";

    volatile Instant issuedFrom;
    volatile Duration lifetime = Duration.ofDays(90);

    /** Something that happens before a certificate is sent. */
    interface Incident {
        void happen() throws IOException;
    }

    volatile Incident beforeCertificate = () -> {};

    private volatile String held = "";
    private volatile CountDownLatch holding = new CountDownLatch(1);
    private volatile CountDownLatch released = new CountDownLatch(1);
    private final Map<String, Answer> instead = new ConcurrentHashMap<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();
    private final AtomicInteger nonces = new AtomicInteger();
    private final OriginServer server;
    private final String base;

    /**
     * Answer that replaces the usual one.
     *
     * @param status 0: no answer, it is lost
     * @param retryAfter empty: no such header
     * @param isOnce whether it replaces only one answer
     */
    record Answer(int status, String type, String retryAfter, String body, boolean isOnce) {

        static final Answer LOST = new Answer(0, "", "", "", true);

        static Answer problem(int status, String kind, String retryAfter) {
            String body = "{\"type\":\"urn:ietf:params:acme:error:" + kind + "\",\"detail\":\"it is " + kind + "\"}";
            return new Answer(status, PROBLEM, retryAfter, body, true);
        }
    }

    SimulatedAuthority(Instant now) throws IOException {
        issuedFrom = now;
        server = OriginServer.answering(this::answer);
        base = "http://127.0.0.1:" + server.port();
    }

    URI directory() {
        return URI.create(base + "/directory");
    }

    /** Suggests to renew all certificates in this period. */
    void suggests(Instant start, Instant end) {
        renewalWindow = """
                {"suggestedWindow":{"start":"%s","end":"%s"}}""".formatted(start, end);
        directoryFields = ",\"renewalInfo\":\"BASE/renewal\"";
    }

    /** Sets the answer for this path from now on, or only once. */
    void says(String path, Answer answer) {
        instead.put(path, answer);
    }

    /** Leaves requests for this path without an answer until {@link #letsGo}. */
    void holds(String path) {
        holding = new CountDownLatch(1);
        released = new CountDownLatch(1);
        held = path;
    }

    boolean isHolding() {
        return holding.getCount() == 0;
    }

    void letsGo() {
        held = "";
        released.countDown();
    }

    int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] request = exchange.getRequestBody().readAllBytes();
        asked.merge(path, 1, Integer::sum);
        if (path.equals(held)) {
            holding.countDown();
            try {
                boolean unused = released.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        Answer told = instead.get(path);
        if (told != null && told.isOnce()) {
            instead.remove(path);
        }
        Answer answer = told == null ? truth(path, exchange, request) : told;
        if (answer.status() > 0) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Replay-Nonce", "nonce" + nonces.incrementAndGet());
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            boolean isEmpty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : body.length);
            if (!isEmpty) {
                exchange.getResponseBody().write(body);
            }
        }
        exchange.close();
    }

    private Answer truth(String path, HttpExchange exchange, byte[] request) throws IOException {
        int slash = path.indexOf('/', 1);
        String number = slash < 0 ? "" : path.substring(slash + 1);
        return switch (slash < 0 ? path : path.substring(0, slash + 1)) {
            case "/directory" -> json(200, """
                    {"newNonce":"BASE/nonce","newAccount":"BASE/account","newOrder":"BASE/new-order"%s}""".formatted(directoryFields));
            case RENEWAL -> renewalWindow.isEmpty() ? Answer.problem(404, "malformed", "") : json(200, renewalWindow);
            case "/nonce" -> json(200, "");
            case ACCOUNT -> {
                exchange.getResponseHeaders().set("Location", base + "/account/1");
                yield json(201, "{\"status\":\"valid\"}");
            }
            case NEW_ORDER -> {
                String made = newOrder(request);
                exchange.getResponseHeaders().set("Location", base + ORDER + made);
                yield json(201, order(made));
            }
            case ORDER -> orders.containsKey(number) ? json(200, order(number)) : Answer.problem(404, "malformed", "");
            case AUTHORIZATION ->
                json(200, """
                    {"status":"%s","identifier":{"type":"dns","value":"%s"},"wildcard":%s,"challenges":[%s]}""".formatted(
                                authorizations.get(number),
                                nameOf(number).replace("*.", ""),
                                nameOf(number).startsWith("*."),
                                challenge(number)));
            case CHALLENGE -> {
                if (!payload(request).isMissingNode()) {
                    authorizations.put(number, metAuthorization);
                    orders.put(number, readyOrder);
                }
                yield json(200, challenge(number));
            }
            case FINALIZE -> {
                orders.put(number, finalizedOrder);
                keys.put(number, requestedKey(request));
                yield json(200, order(number));
            }
            case CERTIFICATE -> {
                beforeCertificate.happen();
                yield new Answer(
                        200,
                        "application/pem-certificate-chain",
                        "",
                        CERTIFICATES.certificatePem(
                                        Objects.requireNonNull(keys.get(number)),
                                        issuedFrom,
                                        issuedFrom.plus(lifetime),
                                        nameOf(number))
                                + CERTIFICATES.intermediatePem(),
                        false);
            }
            default -> Answer.problem(404, "malformed", "");
        };
    }

    /** The key for which a certificate is requested. */
    private static PublicKey requestedKey(byte[] request) throws IOException {
        byte[] der = Base64.getUrlDecoder().decode(payload(request).path("csr").asText());
        try {
            return new JcaPKCS10CertificationRequest(der).getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Sets the state of all orders and authorizations, as when the authority has gone on with its work. */
    void goesOn(String order, String authorization) {
        orders.replaceAll((number, state) -> order);
        authorizations.replaceAll((number, state) -> authorization);
    }

    /** Forgets all orders, as an authority that was set up anew. */
    void forgets() {
        orders.clear();
    }

    private String newOrder(byte[] request) throws IOException {
        String name = payload(request).path("identifiers").path(0).path("value").asText("");
        profiles.add(payload(request).path("profile").asText(""));
        synchronized (ordered) {
            ordered.add(name);
            String number = String.valueOf(ordered.size());
            authorizations.put(number, newAuthorization);
            orders.put(number, newAuthorization.equals("valid") ? readyOrder : "pending");
            return number;
        }
    }

    private String nameOf(String number) {
        return ordered.get(Integer.parseInt(number) - 1);
    }

    private String order(String number) {
        return """
                {"status":"%s","identifiers":[{"type":"dns","value":"%s"}],"authorizations":["BASE/authorization/NUMBER"],
                 "finalize":"BASE/finalize/NUMBER"%s}""".formatted(orders.get(number), nameOf(number), orderFields).replace("NUMBER", number);
    }

    private String challenge(String number) {
        String state = String.valueOf(authorizations.get(number));
        String error = state.equals("invalid") ? ",\"error\":{\"type\":\"x\",\"detail\":\"nobody answered\"}" : "";
        return """
                {"type":"%s","url":"BASE/challenge/%s","token":"token%s","status":"%s"%s}""".formatted(challengeType, number, number, state, error);
    }

    private Answer json(int status, String body) {
        return new Answer(status, "application/json", retryAfter, body.replace("BASE", base), false);
    }

    /** The payload of a request; missing if there is none, as in requests that only read. */
    private static JsonNode payload(byte[] request) throws IOException {
        String payload = JSON.readTree(request).path("payload").asText("");
        return JSON.readTree(Base64.getUrlDecoder().decode(payload));
    }

    /** Stops listening. */
    @Override
    public void close() {
        server.close();
    }
}
