package io.interlock.caddy;

import io.interlock.api.dialect.DialectField;
import io.interlock.caddy.label.CaddyDirective;
import java.util.List;
import java.util.Map;

/** Reads {@code tls} of a site: where its certificate comes from, and who may connect. */
final class CertificateReader {

    /** Options that say how a certificate comes about. */
    private static final List<String> OF_ISSUE = List.of(
            "ca",
            "ca_root",
            "dns",
            "dns_ttl",
            "dns_challenge_override_domain",
            "eab",
            "issuer",
            "key_type",
            "on_demand",
            "propagation_delay",
            "propagation_timeout",
            "resolvers",
            "reuse_private_keys");

    private final CaddyFindings findings;

    CertificateReader(CaddyFindings findings) {
        this.findings = findings;
    }

    /**
     * Adds fields of a site with HTTPS.
     *
     * @param names of the site
     * @param redirects whether requests over HTTP are redirected
     */
    void read(CaddyDirective site, List<String> names, boolean redirects, Map<String, DialectField> fields) {
        if (redirects) {
            fields.put("ssl_only", DialectField.of(site.label(), "308"));
        }
        if (!names.contains("*")) {
            fields.put("tls", DialectField.of(site.label(), "acme"));
        }
        site.children().stream().filter(child -> child.name().equals("tls")).forEach(tls -> read(tls, fields));
    }

    private void read(CaddyDirective tls, Map<String, DialectField> fields) {
        String first = tls.argument(0).orElse("");
        if (first.equals("internal")) {
            fields.remove("tls");
            findings.lost(tls, "gets certificates from Caddy's own authority; Interlock needs one in certificates_dir");
        } else if (tls.arguments().size() > 1) {
            fields.remove("tls");
            findings.lost(tls, "names files with a certificate; put it into certificates_dir");
        }
        for (CaddyDirective option : tls.children()) {
            if (option.name().equals("protocols")) {
                option.argument(0)
                        .map(oldest -> oldest.replace("tls", ""))
                        .ifPresent(oldest -> fields.put("tls_min_version", DialectField.of(option.label(), oldest)));
            } else if (OF_ISSUE.contains(option.name())) {
                findings.lost(option, "is about how certificates are issued; Interlock's configuration says that");
            } else if (List.of("ciphers", "curves", "alpn").contains(option.name())) {
                findings.lost(option, "has no field");
            } else {
                fields.put("deny", DialectField.of(option.label(), List.of("0.0.0.0/0", "::/0")));
                findings.closed(option, "may ask for certificates of clients, for which there is no field");
            }
        }
    }
}
