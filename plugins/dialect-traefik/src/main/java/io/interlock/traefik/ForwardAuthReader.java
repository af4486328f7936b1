package io.interlock.traefik;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the middleware {@code forwardauth}: another server decides about each request. */
final class ForwardAuthReader {

    private static final String FIELD = "forward_auth";
    private static final String KIND = "forwardauth.";
    private static final Pattern PLAIN = Pattern.compile("http://\\S{1,1016}");

    /** Options without which the decision is the same. */
    private static final List<String> HARMLESS =
            List.of("headerfield", "preservelocationheader", "preserverequestmethod", "authsigninurl");

    private final TraefikConfig config;
    private final LabelSection section;
    private final RouteFields fields;
    private final FindingRecorder findings;

    ForwardAuthReader(TraefikConfig config, LabelSection section, RouteFields fields, FindingRecorder findings) {
        this.config = config;
        this.section = section;
        this.fields = fields;
        this.findings = findings;
    }

    /**
     * Reads it.
     *
     * @return why the route must be closed; empty if it need not
     */
    Optional<String> read() {
        Optional<LabelValue> address =
                option("address").filter(given -> !given.text().isEmpty());
        if (fields.has(FIELD)) {
            return Optional.of("is the second server that decides about requests, and both must agree");
        }
        if (address.isEmpty()) {
            return Optional.of("has no address of a server that decides about requests");
        }
        Optional<String> server = config.authServer(address.get().text())
                .or(() -> Optional.of(address.get().text())
                        .filter(text -> PLAIN.matcher(text).matches()));
        if (server.isEmpty()) {
            return Optional.of(
                    "has an address that is no URL of http; auth_servers of plugins.dialect-traefik may give it the"
                            + " name of a server");
        }
        if (option("authresponseheadersregex").isPresent()) {
            return Optional.of("removes headers of clients by an expression, for which there is no field; name them in"
                    + " authResponseHeaders");
        }
        if (option("forwardbody").filter(given -> !given.isFalse()).isPresent()) {
            return Optional.of("has the server decide by the bodies of requests, which Interlock does not send");
        }
        fields.set(FIELD, address.get(), server.get());
        headers();
        option("trustforwardheader").filter(given -> !given.isFalse()).ifPresent(given -> {
            fields.set("forward_auth_trust_forwarded_host", given, given.text());
            findings.differs(given, "only what trusted_proxies report counts");
        });
        option("maxbodysize");
        option("maxresponsebodysize");
        section.below(KIND + "tls")
                .values()
                .forEach(given -> findings.lost(given, "Interlock asks the server over HTTP"));
        for (String option : HARMLESS) {
            option(option).filter(given -> !given.isFalse()).ifPresent(given -> findings.lost(given, "has no field"));
        }
        return Optional.empty();
    }

    private void headers() {
        List<String> handedOn = new ArrayList<>();
        Optional<LabelValue> response = option("authresponseheaders");
        response.ifPresent(given -> handedOn.addAll(given.elements()));
        Optional<LabelValue> cookies = option("addauthcookiestoresponse");
        cookies.filter(given -> !given.elements().isEmpty()).ifPresent(given -> {
            handedOn.add("Set-Cookie");
            findings.differs(given, "clients get all cookies of the server's answer");
        });
        if (!handedOn.isEmpty()) {
            fields.set(
                    "forward_auth_response_headers", response.or(() -> cookies).orElseThrow(), handedOn);
        }
        option("authrequestheaders")
                .filter(given -> !given.elements().isEmpty())
                .ifPresent(given -> fields.set("forward_auth_request_headers", given, given.elements()));
    }

    private Optional<LabelValue> option(String name) {
        return section.get(KIND + name);
    }
}
