package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.ClientCertificates;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.RequestRefusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTTPS listener as directives. Its ciphers are Mozilla's intermediate configuration: it supports every client of the
 * last ten years, and contains nothing that is known to be weak.
 *
 * @param settings of the operator
 * @param addresses to listen on
 * @param clientAuthorities PEM text of the certificate authorities of clients; present if {@link TlsSettings#clients}
 *     is
 */
public record TlsFrontend(TlsSettings settings, List<InetAddress> addresses, Optional<String> clientAuthorities) {

    static final int HTTPS = 443;
    private static final int PERMANENT = 308;

    private static final String CIPHERS = String.join(
            ":",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "DHE-RSA-AES128-GCM-SHA256",
            "DHE-RSA-AES256-GCM-SHA384",
            "DHE-RSA-CHACHA20-POLY1305");
    private static final String CIPHER_SUITES =
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
    private static final String CURVES = "X25519:prime256v1:secp384r1";

    public TlsFrontend {
        addresses = List.copyOf(addresses);
    }

    /** Whole lines for the section {@code global}. */
    public List<String> globals() {
        List<String> lines = new ArrayList<>(List.of("tune.ssl.default-dh-param 2048"));
        if (settings.http3()) {
            // Has no effect in a build whose TLS library supports QUIC, and is required in a build whose library does
            // not.
            lines.add("limited-quic");
        }
        return lines;
    }

    /**
     * The addresses to listen on, as arguments of {@code bind}. All addresses share one line, because each line has
     * every certificate.
     */
    public List<String> binds(HaproxyPaths layout) {
        List<String> binds = new ArrayList<>();
        binds.add(sockets("", "") + " alpn h2,http/1.1" + parameters(layout));
        if (settings.http3()) {
            binds.add(sockets("quic4@", "quic6@") + " alpn h3" + parameters(layout));
        }
        return binds;
    }

    private String sockets(String ipv4, String ipv6) {
        String list = addresses.stream()
                .map(address -> address instanceof Inet6Address
                        ? ipv6 + "[" + address.getHostAddress() + "]:" + settings.port()
                        : ipv4 + address.getHostAddress() + ":" + settings.port())
                .collect(Collectors.joining(","));
        return list + (addresses.stream().anyMatch(Inet6Address.class::isInstance) ? " v6only" : "") + " ssl";
    }

    private String parameters(HaproxyPaths layout) {
        return " crt-list " + layout.certificateList() + " strict-sni ssl-min-ver "
                + version(settings.leastVersion().number()) + " ciphers " + CIPHERS + " ciphersuites " + CIPHER_SUITES
                + " curves " + CURVES + " prefer-client-ciphers no-tls-tickets"
                + clientAuthorities
                        .map(pem -> " ca-file " + layout.clientAuthorities(pem) + " verify "
                                + (settings.clients()
                                                .filter(ClientCertificates::required)
                                                .isPresent()
                                        ? "required"
                                        : "optional"))
                        .orElse("");
    }

    /** HAProxy's name of a TLS version. */
    public static String version(String number) {
        return "TLSv" + number;
    }

    /** Rules that come before routing, as whole lines of the frontend. */
    public List<String> rules(HaproxyPaths layout) {
        List<String> rules = new ArrayList<>();
        if (settings.challenges()) {
            String answer = "path,field(4,/),map_str(" + layout.map(HaproxyMap.CHALLENGES) + ")";
            rules.add("http-request return status 200 content-type text/plain lf-string %[" + answer
                    + "] if { path_beg /.well-known/acme-challenge/ } { " + answer + " -m found }");
        }
        if (clientAuthorities.isPresent()) {
            rules.add("http-request set-header X-Client-Certificate-Subject %[ssl_c_s_dn(,0,rfc2253)] if { ssl_c_used }"
                    + " { ssl_c_verify 0 }");
        }
        if (settings.http3()) {
            rules.add("http-after-response set-header Alt-Svc 'h3=\":" + settings.publicPort()
                    + "\"; ma=3600' if { ssl_fc }");
        }
        return rules;
    }

    /**
     * The rule that redirects requests without TLS to this listener.
     *
     * @param status of the redirect
     * @param secure the condition for those that did
     */
    String redirect(int status, String secure) {
        return redirect(status, secure, settings.publicPort());
    }

    /** The rule that sends requests that did not come over TLS to this port. */
    static String redirect(int status, String secure, int port) {
        return "http-request redirect code " + status + " location https://%[req.fhdr(host),lower,regsub(:[0-9]*$,)]"
                + (port == HTTPS ? "" : ":" + port) + "%[pathq] if !" + secure;
    }

    /** Whether requests that did not come over TLS are served. */
    boolean servesPlainHttp() {
        return settings.plainHttp() == PlainHttp.SERVED;
    }

    /**
     * What happens to requests that did not come over TLS.
     *
     * @param secure the condition for those that did
     */
    List<String> plainHttp(String secure) {
        return switch (settings.plainHttp()) {
            case PlainHttp.SERVED -> List.of();
            case PlainHttp.REDIRECTED ->
                Stream.concat(
                                Stream.of(redirect(PERMANENT, secure) + " { req.fhdr(host) -m found }"),
                                RequestRefusal.PLAIN_HTTP_WITHOUT_HOST.when("!" + secure).stream())
                        .toList();
            case PlainHttp.REFUSED -> RequestRefusal.PLAIN_HTTP.when("!" + secure);
        };
    }
}
