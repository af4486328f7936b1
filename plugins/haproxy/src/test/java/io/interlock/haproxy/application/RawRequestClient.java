package io.interlock.haproxy.application;

import io.interlock.haproxy.fixture.RawHttp2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Client for HTTP/1 and HTTP/2.
 *
 * @param beginning what comes before everything else, as a proxy of its kind sends it; may be empty
 * @param serverName for a connection over TLS; empty without TLS
 */
record RawRequestClient(int port, String beginning, String serverName) implements RequestClient {

    private static final int TIME_LIMIT = 20_000;
    private static final int LONGEST_OF_HTTP2 = 120;

    @Override
    public RawRequestClient at(String host) {
        return serverName.isEmpty() ? this : new RawRequestClient(port, beginning, host);
    }

    @Override
    public ApplicationAnswer ask(SpelledRequest request) {
        try (Socket socket = connected(request)) {
            return request.version().equals("2") ? askByHttp2(socket, request) : askByHttp1(socket, request);
        } catch (SocketException | SSLException e) {
            return new ApplicationAnswer(0, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        }
    }

    private Socket connected(SpelledRequest request) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(TIME_LIMIT);
        plain.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        return serverName.isEmpty() ? plain : encrypted(plain, request.version().equals("2") ? "h2" : "http/1.1");
    }

    private Socket encrypted(Socket plain, String protocol) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, serverName, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static ApplicationAnswer askByHttp1(Socket socket, SpelledRequest request) throws IOException {
        socket.getOutputStream().write(request.text().getBytes(StandardCharsets.ISO_8859_1));
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0
                ? new ApplicationAnswer(0, List.of())
                : new ApplicationAnswer(
                        Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
                        Arrays.asList(text.substring(end + 4).split("\r?\n")));
    }

    /** Headers that HTTP/2 cannot have as they are written are left out. */
    private static ApplicationAnswer askByHttp2(Socket socket, SpelledRequest request) throws IOException {
        List<String> headers = new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":path", request.target()));
        for (int i = 0; i < request.hosts().size(); i++) {
            headers.addAll(
                    List.of(i == 0 ? ":authority" : "host", request.hosts().get(i)));
        }
        for (String header : request.headers()) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.add(header.substring(0, colon).toLowerCase(Locale.ROOT));
                headers.add(header.substring(colon + 1).strip());
            }
        }
        headers.replaceAll(text -> text.substring(0, Math.min(text.length(), LONGEST_OF_HTTP2)));
        String answer = RawHttp2Client.ask(socket, headers);
        return answer.matches("[1-9][0-9][0-9]|reset")
                ? new ApplicationAnswer(answer.equals("reset") ? 0 : Integer.parseInt(answer), List.of())
                : new ApplicationAnswer(200, Arrays.asList(answer.split("\n")));
    }

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
