package io.interlock.traefik;

import java.util.List;
import java.util.Map;

/** Reads the middleware {@code headers}: headers that are set, permissions for other origins, and security. */
final class HeadersMiddlewareReader {

    private static final String RESPONSE = "response_headers";

    /** Response headers that a text sets. */
    private static final Map<String, String> TEXTS = Map.of(
            "customframeoptionsvalue",
            "X-Frame-Options",
            "custombrowserxssvalue",
            "X-XSS-Protection",
            "contentsecuritypolicy",
            "Content-Security-Policy",
            "contentsecuritypolicyreportonly",
            "Content-Security-Policy-Report-Only",
            "referrerpolicy",
            "Referrer-Policy",
            "permissionspolicy",
            "Permissions-Policy",
            "featurepolicy",
            "Feature-Policy");

    /** Response headers that a truth value sets. */
    private static final Map<String, String> FLAGS = Map.of(
            "framedeny",
            "X-Frame-Options: DENY",
            "contenttypenosniff",
            "X-Content-Type-Options: nosniff",
            "browserxssfilter",
            "X-XSS-Protection: 1; mode=block");

    private static final Map<String, String> ORIGIN_LISTS = Map.of(
            "accesscontrolalloworiginlist", "cors_origins",
            "accesscontrolalloworigin", "cors_origins",
            "accesscontrolallowmethods", "cors_methods",
            "accesscontrolallowheaders", "cors_headers");

    /** Options that say nothing by themselves. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "addvaryheader",
            "forcestsheader",
            "isdevelopment",
            "stsincludesubdomains",
            "stspreload",
            "ssltemporaryredirect");

    private final LabelSection section;
    private final RouteFields fields;
    private final FindingRecorder findings;

    HeadersMiddlewareReader(LabelSection section, RouteFields fields, FindingRecorder findings) {
        this.section = section;
        this.fields = fields;
        this.findings = findings;
    }

    void read() {
        section.below("headers.").forEach((option, value) -> {
            if (option.equals("customrequestheaders.host") && !value.text().isEmpty()) {
                fields.set("upstream_host", value, value.text());
            } else if (option.startsWith("customrequestheaders.")) {
                fields.add("request_headers", value, header(value));
            } else if (option.startsWith("customresponseheaders.")) {
                fields.add(RESPONSE, value, header(value));
            } else if (TEXTS.containsKey(option)) {
                fields.add(RESPONSE, value, TEXTS.get(option) + ": " + value.text());
            } else if (FLAGS.containsKey(option)) {
                if (value.isTrue() && !isReplaced(option)) {
                    fields.add(RESPONSE, value, String.valueOf(FLAGS.get(option)));
                }
            } else if (ORIGIN_LISTS.containsKey(option)) {
                fields.set(String.valueOf(ORIGIN_LISTS.get(option)), value, value.elements());
            } else {
                single(option, value);
            }
        });
    }

    /** The text wins, as in Traefik. */
    private boolean isReplaced(String flag) {
        return (flag.equals("framedeny") && section.has("headers.customframeoptionsvalue"))
                || (flag.equals("browserxssfilter") && section.has("headers.custombrowserxssvalue"));
    }

    /** The name has the case of the label. */
    private static String header(LabelValue value) {
        return value.text().isEmpty() ? value.option() + ":" : value.option() + ": " + value.text();
    }

    private void single(String option, LabelValue value) {
        switch (option) {
            case "accesscontrolallowcredentials" ->
                fields.set("cors_credentials", value, Boolean.toString(value.isTrue()));
            case "accesscontrolmaxage" -> fields.set("cors_max_age", value, value.text());
            case "stsseconds" -> hsts(value);
            case "sslredirect" -> {
                if (value.isTrue()) {
                    boolean temporary = section.get("headers.ssltemporaryredirect")
                            .filter(LabelValue::isTrue)
                            .isPresent();
                    fields.redirect(value, temporary ? "302" : "301");
                }
            }
            case "allowedhosts" -> {
                fields.close(value);
                findings.closed(
                        value,
                        "lets only requests for these hosts pass, for which there is no field",
                        "let the rule of the router name the hosts, and remove the label");
            }
            default -> {
                if (!WITHOUT_MEANING.contains(option)) {
                    findings.lost(value, "has no field");
                }
            }
        }
    }

    private void hsts(LabelValue value) {
        if (value.text().equals("0")) {
            return;
        }
        String more = "";
        if (section.get("headers.stsincludesubdomains")
                .filter(LabelValue::isTrue)
                .isPresent()) {
            more += "; includeSubDomains";
        }
        if (section.get("headers.stspreload").filter(LabelValue::isTrue).isPresent()) {
            more += "; preload";
        }
        fields.set("hsts", value, "max-age=" + value.text() + more);
    }
}
