package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.render.directive.OptionRuleTable.OptionRule.Allowed;
import io.interlock.haproxy.render.directive.OptionRuleTable.OptionRule.Refused;
import io.interlock.haproxy.render.directive.OptionRuleTable.OptionRule.Replaced;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Table of HAProxy's options, with the rule for containers that ask for them. */
public final class OptionRuleTable {

    private static final Predicate<List<String>> NO_ARGUMENTS = List::isEmpty;

    private static final Map<String, OptionRule> RULES = new TreeMap<>();

    static {
        for (String option : List.of(
                "abortonclose",
                "allbackups",
                "checkcache",
                "h1-case-adjust-bogus-server",
                "http-buffer-request",
                "http-keep-alive",
                "http-no-delay",
                "http-pretend-keepalive",
                "http-server-close",
                "httpclose",
                "independent-streams",
                "log-health-checks",
                "nolinger",
                "persist",
                "prefer-last-server",
                "srvtcpka",
                "tcp-smart-connect",
                "tcpka")) {
            allow(option, NO_ARGUMENTS);
        }
        allow("forwardfor", OptionArgumentSyntax::forwardFor);
        allow("originalto", OptionArgumentSyntax::originalTo);
        allow("redispatch", OptionArgumentSyntax::redispatch);
        allow(
                "http-restrict-req-hdr-names",
                OptionArgumentSyntax::restrictedHeaderNames,
                HaproxyFeature.RESTRICTED_HEADER_NAMES);
        allow("forwarded", NO_ARGUMENTS, HaproxyFeature.FORWARDED_HEADER);

        RULES.put("forceclose", new Replaced("httpclose"));
        RULES.put("http-tunnel", new Replaced("http-keep-alive"));
        RULES.put("independant-streams", new Replaced("independent-streams"));

        refuse(
                "a health check is set with \"check\"",
                List.of(
                        "external-check",
                        "httpchk",
                        "ldap-check",
                        "mysql-check",
                        "pgsql-check",
                        "redis-check",
                        "smtpchk",
                        "spop-check",
                        "ssl-hello-chk",
                        "tcp-check"));
        refuse(
                "it belongs to the listener, which all backends share",
                List.of(
                        "accept-invalid-http-request",
                        "accept-unsafe-violations-in-http-request",
                        "clitcpka",
                        "contstats",
                        "disable-h2-upgrade",
                        "dontlog-normal",
                        "dontlognull",
                        "h1-case-adjust-bogus-client",
                        "http-ignore-probes",
                        "http-use-proxy-header",
                        "httplog",
                        "httpslog",
                        "idle-close-on-response",
                        "log-separate-errors",
                        "logasap",
                        "socket-stats",
                        "tcp-smart-accept",
                        "tcplog"));
        refuse(
                "it would let malformed responses through",
                List.of("accept-invalid-http-response", "accept-unsafe-violations-in-http-response"));
        refuse(
                "it would send requests elsewhere than to the backend's servers",
                List.of("dispatch", "http_proxy", "transparent"));
        refuse(
                "it takes file descriptors from all backends",
                List.of("splice-auto", "splice-request", "splice-response"));
    }

    private OptionRuleTable() {}

    /** The rule for the option; empty if HAProxy has no such option. */
    static Optional<OptionRule> of(String name) {
        return Optional.ofNullable(RULES.get(name));
    }

    /** The allowed options, sorted. */
    public static List<String> allowed() {
        return RULES.entrySet().stream()
                .filter(rule -> rule.getValue() instanceof Allowed)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void allow(String option, Predicate<List<String>> arguments) {
        RULES.put(option, new Allowed(Optional.empty(), arguments));
    }

    private static void allow(String option, Predicate<List<String>> arguments, HaproxyFeature needed) {
        RULES.put(option, new Allowed(Optional.of(needed), arguments));
    }

    private static void refuse(String reason, List<String> options) {
        options.forEach(option -> RULES.put(option, new Refused(reason)));
    }

    /** Rule for an {@code option} that a container asks for. */
    sealed interface OptionRule {

        /**
         * The option is allowed in a backend.
         *
         * @param needed what HAProxy must have for it; empty: every supported version has the option
         * @param arguments whether the words after the name are valid
         */
        record Allowed(Optional<HaproxyFeature> needed, Predicate<List<String>> arguments) implements OptionRule {}

        /** Supported versions of HAProxy no longer have the option; the given one is the closest. */
        record Replaced(String by) implements OptionRule {}

        /** The option is not allowed in a backend, for the given reason. */
        record Refused(String reason) implements OptionRule {}
    }
}
