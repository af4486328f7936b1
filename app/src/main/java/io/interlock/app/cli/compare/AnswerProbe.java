package io.interlock.app.cli.compare;

import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PrintableText;
import io.interlock.util.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a proxy for a host, wherever the name leads. Over HTTPS any certificate is accepted: {@code interlock certificates check} is
 * about those.
 */
final class AnswerProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN = 1_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HASH_DIGITS = 16;
    private static final int MOST_UNANSWERED = 3;

    private final String proxy;
    private final boolean isSecure;
    private final String host;
    private final int port;
    private boolean hasAnswered;
    private int unanswered;

    /**
     * @param proxy {@code http://HOST:PORT} or {@code https://HOST:PORT}
     * @throws IllegalArgumentException if it is none
     */
    AnswerProbe(String proxy) {
        URI address = address(proxy)
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + PrintableText.of(proxy) + "\" is no address of a proxy;"
                                + " expected http://HOST:PORT or https://HOST:PORT, without a path"));
        this.proxy = proxy;
        this.isSecure = address.getScheme().equals("https");
        this.host = address.getHost().replaceAll("^\\[|]$", "");
        this.port = address.getPort() < 0 ? (isSecure ? HTTPS : HTTP) : address.getPort();
    }

    private static Optional<URI> address(String text) {
        try {
            URI address = new URI(text);
            boolean isKnown = List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getPort() <= HIGHEST_PORT;
            boolean isAlone = List.of("", "/").contains(String.valueOf(address.getRawPath()))
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            return isKnown && isAlone ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends the request on a connection of its own. Some proxies end the connection for names that they do not serve, or have
     * no certificate for: that is a result, too.
     *
     * @throws IOException if nobody listens there, or if none of the first requests gets an answer; the message says why
     */
    ProxyAnswer ask(ComparedRequest request) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), Math.toIntExact(PATIENCE.toMillis()));
            plain.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            return ask(request, plain);
        } catch (IOException e) {
            throw new IOException(proxy + " does not answer: " + ErrorMessages.reason(e), e);
        }
    }

    private ProxyAnswer ask(ComparedRequest request, Socket plain) throws IOException {
        try (Socket socket = isSecure ? encrypted(plain, request.host(), port) : plain) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + request.path() + " HTTP/1.1\r\nHost: " + request.host()
                            + "\r\nUser-Agent: interlock-migrate\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            ProxyAnswer answer = answer(request, socket);
            hasAnswered = true;
            return answer;
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            unanswered++;
            if (!hasAnswered && unanswered == MOST_UNANSWERED) {
                throw new IOException(ErrorMessages.reason(e), e);
            }
            return ProxyAnswer.none(ErrorMessages.reason(e));
        }
    }

    private static ProxyAnswer answer(ComparedRequest request, Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean isWhole = read(socket, bytes);
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        if (text.isEmpty()) {
            throw new IOException("the connection was closed");
        }
        int end = text.indexOf("\r\n\r\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
        if (end < 0 || !lines[0].matches("HTTP/1\\.\\d [1-9]\\d\\d(?: .*)?")) {
            throw new IOException("the answer is not one of HTTP/1");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        PrintableText.shortened(line.substring(colon + 1).strip(), SHOWN),
                        (one, other) -> one + "\n" + other);
            }
        }
        String body = text.substring(end + 4);
        boolean isChunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
        String hash = isWhole
                ? new Sha256().add(isChunked ? withoutChunks(body) : body).hex(HASH_DIGITS)
                : "";
        return ProxyAnswer.of(request, Integer.parseInt(lines[0].substring(9, 12)), headers, hash);
    }

    /** Reads until the proxy closes the connection; false if that takes too long, or the answer is too large. */
    private static boolean read(Socket socket, ByteArrayOutputStream bytes) throws IOException {
        Deadline deadline = Deadline.in(PATIENCE);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16_384];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (deadline.isOver() || bytes.size() > MOST_BYTES) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException e) {
            if (bytes.size() == 0) {
                throw e;
            }
            return false;
        }
    }

    private static String withoutChunks(String body) throws IOException {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf("\r\n", at);
            String size =
                    end < 0 ? "" : body.substring(at, end).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("the answer has a malformed chunk");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                break;
            }
            int from = end + 2;
            text.append(body, from, Math.min(body.length(), from + length));
            at = from + length + 2;
        }
        return text.toString();
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Accepts what proxies show: answers are compared, and nothing secret is sent. */
    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
