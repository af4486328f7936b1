package io.interlock.nginxproxy;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates the variables and labels that a container has for nginx-proxy and its companion. */
final class NginxProxyDialect implements LabelDialect {

    private static final String HTTPS_METHOD = "HTTPS_METHOD";
    private static final String HSTS = "HSTS";
    private static final String CERT_NAME = "CERT_NAME";
    private static final String LETSENCRYPT_HOST = "LETSENCRYPT_HOST";
    private static final String NETWORK_ACCESS = "NETWORK_ACCESS";
    private static final String SSL_POLICY = "SSL_POLICY";
    private static final String USUAL_HSTS = "max-age=31536000";

    private static final DialectSources SOURCES = new DialectSources(
            Set.of(ProxyLabelReader.PREFIX),
            Set.of(
                    "VIRTUAL_",
                    HTTPS_METHOD,
                    HSTS,
                    CERT_NAME,
                    NETWORK_ACCESS,
                    SSL_POLICY,
                    "LETSENCRYPT_",
                    "ACME_",
                    "SERVER_TOKENS",
                    "ENABLE_HTTP_ON_MISSING_CERT"),
            false);

    private final NginxProxyConfig config;
    private final HtpasswdFolder htpasswd;

    NginxProxyDialect(NginxProxyConfig config, HtpasswdFolder htpasswd) {
        this.config = config;
        this.htpasswd = htpasswd;
    }

    @Override
    public DialectSources sources() {
        return SOURCES;
    }

    @Override
    public DialectTranslation translate(DialectInput container) {
        if (text(container, VirtualHostReader.HOST).isEmpty()
                && text(container, VirtualHostReader.MULTIPORTS).isEmpty()) {
            return DialectTranslation.NOTHING;
        }
        TranslationBuilder out = new TranslationBuilder();
        List<String> hosts = new VirtualHostReader(config, htpasswd, container, out).read();
        if (hosts.isEmpty()) {
            return out.build();
        }
        certificate(container, hosts, out);
        ProxyLabelReader labels = new ProxyLabelReader(container, out);
        https(container, labels.redirectStatus(), out);
        policy(container, out);
        access(container, out);
        labels.read();
        others(container, out);
        return out.build();
    }

    private static String text(DialectInput container, String variable) {
        return container.environment().getOrDefault(variable, "").strip();
    }

    private static void certificate(DialectInput container, List<String> hosts, TranslationBuilder out) {
        String name = text(container, CERT_NAME);
        if (!name.isEmpty()) {
            out.field("ssl_cert", CERT_NAME, name);
        }
        List<String> asked = TranslationBuilder.elements(text(container, LETSENCRYPT_HOST));
        if (asked.isEmpty()) {
            return;
        }
        out.field("tls", LETSENCRYPT_HOST, "acme");
        for (String host : asked) {
            if (!hosts.contains(host)) {
                out.found(
                        Effect.LOST,
                        LETSENCRYPT_HOST,
                        host,
                        "asks for a certificate of a name that the container does not serve",
                        "add the name to " + VirtualHostReader.HOST);
            }
        }
        List<String> more = hosts.stream()
                .filter(host -> !asked.contains(host) && !host.startsWith("~") && !host.contains("*"))
                .toList();
        if (!more.isEmpty()) {
            out.found(
                    Effect.DIFFERS,
                    LETSENCRYPT_HOST,
                    String.join(",", more),
                    "Interlock gets certificates for all names of the container",
                    "");
        }
    }

    private void https(DialectInput container, Optional<DialectField> status, TranslationBuilder out) {
        String given = text(container, HTTPS_METHOD);
        String method = given.isEmpty() ? config.httpsMethod().orElse("") : given;
        if (!given.isEmpty() && !NginxProxyConfig.METHODS.contains(given)) {
            // nginx-proxy takes it for a redirect, too.
            out.found(
                    Effect.DIFFERS,
                    HTTPS_METHOD,
                    given,
                    "expected redirect, noredirect, nohttp or nohttps; taken for redirect",
                    "");
            method = "redirect";
        }
        Set<String> sources = given.isEmpty() ? sourcesOfCertificate(container) : Set.of(HTTPS_METHOD);
        if (method.isEmpty() && !sources.isEmpty()) {
            method = "redirect";
        }
        String hsts = text(container, HSTS).isEmpty() ? config.hsts().orElse(USUAL_HSTS) : text(container, HSTS);
        boolean secure = method.equals("redirect") || method.equals("nohttp");
        if (secure) {
            out.field("ssl_only", status.orElse(new DialectField(sources, List.of("301"))));
        }
        if (method.equals("nohttp")) {
            out.found(
                    Effect.DIFFERS,
                    HTTPS_METHOD,
                    method,
                    "requests over HTTP are redirected to HTTPS, not refused",
                    "");
        } else if (method.equals("nohttps")) {
            out.found(
                    Effect.DIFFERS,
                    HTTPS_METHOD,
                    method,
                    "the container is also served over HTTPS, if Interlock has a certificate for it",
                    "");
        }
        boolean asked = !text(container, HSTS).isEmpty();
        if ((secure || asked) && !hsts.equals("off") && !method.startsWith("nore")) {
            out.field("hsts", new DialectField(asked ? Set.of(HSTS) : sources, List.of(hsts)));
        }
    }

    private static Set<String> sourcesOfCertificate(DialectInput container) {
        if (!text(container, CERT_NAME).isEmpty()) {
            return Set.of(CERT_NAME);
        }
        return text(container, LETSENCRYPT_HOST).isEmpty() ? Set.of() : Set.of(LETSENCRYPT_HOST);
    }

    private void policy(DialectInput container, TranslationBuilder out) {
        String given = text(container, SSL_POLICY);
        String policy = given.isEmpty() ? config.sslPolicy().orElse("") : given;
        if (policy.isEmpty()) {
            return;
        }
        String source = given.isEmpty() ? "" : SSL_POLICY;
        Set<String> sources = given.isEmpty() ? Set.of() : Set.of(SSL_POLICY);
        Optional<String> version = SslPolicyTable.oldestVersion(policy);
        out.field("tls_min_version", new DialectField(sources, List.of(version.orElse("1.3"))));
        if (version.isEmpty()) {
            out.found(Effect.DIFFERS, source, policy, "is no policy that is known; TLS 1.3 is required", "");
        } else if (SslPolicyTable.isOlder(policy)) {
            out.found(Effect.DIFFERS, source, policy, "allows TLS before 1.2, which Interlock does not serve", "");
        }
    }

    private void access(DialectInput container, TranslationBuilder out) {
        String access = text(container, NETWORK_ACCESS);
        switch (access) {
            case "", "external" -> {}
            case "internal" -> out.field("allow", DialectField.of(NETWORK_ACCESS, config.internal()));
            default ->
                out.found(
                        Effect.LEFT_OUT,
                        NETWORK_ACCESS,
                        access,
                        "expected internal or external; served to all it might not be safe",
                        "");
        }
    }

    private static void others(DialectInput container, TranslationBuilder out) {
        container.environment().keySet().forEach(variable -> {
            if ((variable.startsWith("LETSENCRYPT_") && !variable.equals(LETSENCRYPT_HOST))
                    || variable.startsWith("ACME_")) {
                out.found(
                        Effect.LOST,
                        variable,
                        "",
                        "is a setting of one container's certificates, which Interlock has for all in tls.acme of the"
                                + " configuration",
                        "");
            } else if (variable.equals("SERVER_TOKENS") || variable.equals("VIRTUAL_ROOT")) {
                out.found(Effect.LOST, variable, "", "has no meaning without nginx", "");
            }
        });
    }
}
