package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.RequestRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules of the listener that bring a request into its normal form before anything is decided about it, or refuse it. The rules stand
 * in three places, so that a plain request for a plain name passes few of them: {@link #headers} for every request, {@link #host} for
 * names that the map of hosts does not contain as the client wrote them, {@link #path} and {@link #decision} for names with routes by
 * path. docs/requests.md describes the result.
 */
public final class RequestNormalization {

    /** The scheme of the request as the client sees it; set only if there are trusted proxies. */
    static final String SCHEME = "txn.scheme";

    /** Set for a name whose routes do not depend on the path. */
    private static final String ANY_PATH = "txn.any_path";

    /** The path without what some applications cut off; set only if there is such a part. */
    public static final String BARE_PATH = "txn.bare_path";

    /** The protocol to which the client wants to change, if it asks for one; the rules of a backend may give it back. */
    static final String UPGRADE = "txn.upgrade";

    /** After the slash at the end of what is looked up in the map of paths. No path contains it. */
    public static final String PATH_END = "?";

    private static final String TRUSTED = ListenerDirectives.TRUSTED;
    private static final int MAX_PROXIES = 3;

    /** CGI and its descendants take every other character of a header name for a hyphen. */
    static final String HYPHEN = "[^a-z0-9]";

    /** Names of headers that tell who the client is and what it asked for, in every spelling. */
    private static final String FORWARDING =
            "^(x-forwarded(-.*)?|forwarded|x-real-ip|x-client-certificate(-.*)?|x-original-url|x-rewrite-url|x-script-name)$"
                    .replace("-", HYPHEN);

    /** Those of them that not even a trusted proxy may send: the unusual spellings, and headers of Interlock's own. */
    private static final String UNTRUSTED = "^(x[^a-z0-9-]forwarded.*|x-forwarded.*[^a-z0-9-].*|x-forwarded-prefix"
            + "|x-(original|rewrite)[^a-z0-9-]url|x-script[^a-z0-9-]name"
            + "|x_client_certificate(_.*)?|x_real_ip|x[^a-z0-9-](original_url|rewrite_url|script_name))$"
                    .replace("_", HYPHEN);

    /** Names for which one of the rules has something to do; HAProxy joins the names of a request by commas. */
    private static final String NAMES =
            "forwarded|real_ip|client_certificate|original_url|rewrite_url|script_name".replace("_", HYPHEN);

    /** Names of headers that reach no container: those of the connection, and variables of CGI (RFC 3875, section 4.1). */
    private static final String REMOVED =
            "upgrade|connection|http2-settings|proxy|script_name|path_info".replace("_", HYPHEN);

    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?";
    private static final String HOST_GRAMMAR =
            "^((LABEL[.])*LABEL[.]?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{0,5})?$".replace("LABEL", LABEL);
    private static final int MAX_HOST = 260;

    /**
     * In a path with decoded unreserved characters and hexadecimal digits in upper case: an encoded slash, backslash or control
     * character, an overlong encoding, and a segment of dots with a parameter.
     */
    private static final String UNDECIDABLE =
            "[^!-~]|#|\\\\|%(2F|5C|[01][0-9A-F]|7F|C[01]%[89AB]|E0%[89]|F0%8)" + "|/[.]{0,2}(;|%3B|%3F|%23)";

    /** In a path as it came: an encoding without two digits. Once others are decoded, it could look like a good one (%%369 as %69). */
    private static final String BROKEN = "{ path -m reg -- '%([^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f]|[0-9A-Fa-f]?$)' }";

    /** Where some applications end a segment. */
    private static final String SEGMENT_ENDS = "(;|%3B|%3F|%23)";

    private final RenderSettings all;
    private final ListenerSettings settings;
    private final Optional<Credentials> statistics;
    private final HaproxyPaths layout;
    private final Optional<TlsFrontend> tls;
    private final String secure;

    public RequestNormalization(RenderSettings settings) {
        this.all = settings;
        this.settings = settings.proxy().listeners();
        this.statistics = settings.proxy().statsCredentials();
        this.layout = settings.layout();
        this.tls = settings.tls();
        this.secure = secure(settings.proxy().listeners());
    }

    /** The condition for requests that came over TLS, to Interlock or to a trusted proxy. */
    static String secure(ListenerSettings settings) {
        return settings.trustedProxies().isEmpty() ? "{ ssl_fc }" : "{ var(" + SCHEME + ") -m str https }";
    }

    private boolean trusts() {
        return !settings.trustedProxies().isEmpty();
    }

    /** Rules for the method and the headers of every request. */
    public List<String> headers() {
        List<String> rules = new ArrayList<>();
        rules.addAll(RequestRefusal.METHOD.when("{ method CONNECT }"));
        String some = " if { var(txn.named) -m found }";
        rules.add("http-request set-var(txn.named) bool(true) if { req.hdr_names -m reg -- "
                + HaproxyQuoting.quote(
                        NAMES + "|(^|,)(" + REMOVED + (statistics.isPresent() ? "|authorization" : "") + ")(,|$)")
                + " }");
        rules.addAll(hopByHop(some));
        if (trusts()) {
            rules.addAll(forwarded());
        } else {
            rules.add(delete(FORWARDING) + some);
            if (tls.isPresent()) {
                rules.add("http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]");
            }
        }
        statistics.ifPresent(account -> rules.addAll(HttpRuleDirectives.statisticsAccount(account, all)));
        return rules;
    }

    /** The sections that the rules refer to. */
    public List<String> sections() {
        return statistics.map(account -> List.of(HttpRuleDirectives.LOGINS)).orElse(List.of());
    }

    /** The rule that removes the headers whose names, in lower case, match a regular expression. */
    static String delete(String pattern) {
        return "http-request del-header " + HaproxyQuoting.quote(pattern) + " -m reg";
    }

    /** The only protocol to change to is WebSocket, unless a backend knows another one. */
    private static List<String> hopByHop(String some) {
        String upgrade = "{ req.hdr(upgrade) -m str -i websocket }";
        String asks = "{ req.hdr(connection) -m str -i upgrade }";
        return List.of(
                "http-request set-var(" + UPGRADE + ") req.fhdr(upgrade)" + some + " " + asks,
                "http-request set-var(txn.websocket) bool(true)" + some + " " + upgrade + " " + asks,
                "http-request del-header " + HaproxyQuoting.quote("^(" + REMOVED + ")$") + " -m reg" + some,
                "http-request set-header Upgrade websocket if { var(txn.websocket) -m found }",
                "http-request set-header Connection upgrade if { var(txn.websocket) -m found }");
    }

    /** What trusted proxies say, from the last one on; everybody else says nothing. */
    private List<String> forwarded() {
        List<String> rules = new ArrayList<>();
        String trusted = "{ var(txn.trusted) -m found }";
        rules.add("http-request set-var(txn.trusted) bool(true) if " + TRUSTED);
        rules.add(delete(FORWARDING) + " if !" + trusted);
        rules.add(delete(UNTRUSTED));
        rules.add("http-request set-var(" + SCHEME + ") str(http)");
        rules.add("http-request set-var(" + SCHEME + ") str(https) if { ssl_fc }");
        for (String scheme : List.of("http", "https")) {
            rules.add("http-request set-var(" + SCHEME + ") str(" + scheme
                    + ") if { req.hdr(x-forwarded-proto,-1) -m str -i " + scheme + " " + scheme.replace("http", "ws")
                    + " }");
        }
        for (String scheme : List.of("http", "https")) {
            rules.add("http-request set-var(" + SCHEME + ") str(" + scheme
                    + ") if !{ req.hdr(x-forwarded-proto) -m found }"
                    + " { req.hdr(forwarded,-1) -m reg -i -- "
                    + HaproxyQuoting.quote("^(([^\"]|\"[^\"]*\")*;)? *proto=\"?" + scheme + "\"? *(;|$)") + " }");
        }
        // A quote would make one element of several.
        rules.add("http-request set-var(txn.quoted) 'req.fhdr(x-forwarded-for)," + regsub("\\\"", "_", "g")
                + "' if { req.fhdr(x-forwarded-for) -m sub '\"' }");
        rules.add("http-request set-header X-Forwarded-For %[var(txn.quoted)] if { var(txn.quoted) -m found }");
        String before = trusted;
        for (int i = 1; i <= MAX_PROXIES; i++) {
            String hop = "txn.hop" + i;
            String found = "{ var(" + hop + ") -m found }";
            rules.add("http-request set-var(" + hop + ") " + address("req.hdr(x-forwarded-for,-" + i + ")") + " if "
                    + before + " " + TRUSTED);
            rules.add("http-request set-var(" + hop + ") " + address(forwardedFor(i)) + " if " + before + " " + TRUSTED
                    + " !{ req.hdr(x-forwarded-for) -m found }");
            rules.add("http-request set-src var(" + hop + ") if " + found);
            before = found;
        }
        rules.add(delete("^(x-forwarded-for|forwarded)$"));
        rules.add("http-request del-header X-Forwarded-Host unless { req.fhdr(x-forwarded-host) -m reg -- "
                + HaproxyQuoting.quote(HOST_GRAMMAR) + " }");
        rules.add(
                "http-request del-header X-Forwarded-Port unless { req.fhdr(x-forwarded-port) -m reg '^[0-9]{1,5}$' }");
        rules.add("http-request set-header X-Forwarded-Proto %[var(" + SCHEME + ")]");
        return rules;
    }

    /** An address, also with a port or in brackets; nothing if it is none. */
    private static String address(String text) {
        return "'" + text + "," + regsub("^[[]([0-9A-Fa-f:.]+)[]](:[0-9]+)?$", "\\\\1", "") + ","
                + regsub("^([0-9.]+):[0-9]+$", "\\\\1", "") + ","
                + regsub("^((.*[.])?0[0-9].*|.*[^0-9A-Fa-f:.].*|[0-9]+[.].*:.*)$", "-", "")
                + ",ipmask(32,128)'";
    }

    private static String forwardedFor(int i) {
        return "req.hdr(forwarded,-" + i + "),"
                + regsub("^(([^\\\"]|\\\"[^\\\"]*\\\")*;)? *for=\\\"?([^\\\";]*)\\\"? *(;.*)?$", "\\\\3", "i");
    }

    /** A converter within single quotes. */
    private static String regsub(String pattern, String by, String flags) {
        return "regsub(\"" + pattern + "\",\"" + by + "\"" + (flags.isEmpty() ? "" : "," + flags) + ")";
    }

    /** Rules that lead from the host of a request to a backend, or to what stands for a virtual host. */
    public List<String> host() {
        List<String> rules = new ArrayList<>();
        String map = layout.map(HaproxyMap.HOSTS).toString();
        rules.add("http-request set-var(txn.backend) req.fhdr(host),lower,map_str(" + map + ",@)");
        rules.add("http-request allow if { var(txn.backend) -m found } !{ var(txn.backend) -m beg @ }"
                + tls.filter(frontend -> !frontend.servesPlainHttp())
                        .map(frontend -> " " + secure)
                        .orElse(""));
        rules.add("http-request set-header Host %[url,field(3,/)] if !{ req.fhdr(host) -m found }"
                + " { url -m beg -i http:// https:// }");
        rules.addAll(RequestRefusal.HOST.when("{ req.fhdr(host),length gt " + MAX_HOST
                + " } || { req.fhdr(host) -m found } !{ req.fhdr(host) -m reg -- " + HaproxyQuoting.quote(HOST_GRAMMAR)
                + " } || !{ req.fhdr(host) -m found } !{ req.ver 1.0 }"));
        rules.add("http-request set-var(txn.host) req.fhdr(host),lower,regsub(:[0-9]*$,),regsub([.]$,)");
        tls.ifPresent(frontend -> rules.addAll(frontend.plainHttp(secure)));
        rules.add("http-request set-var(txn.backend) str(@)");
        rules.add("http-request set-var(txn.backend) var(txn.host),map_str(" + map + ")");
        return rules;
    }

    /** Rules for the path of a request for a name with routes by path. */
    public List<String> path() {
        String with = " if !{ var(" + ANY_PATH + ") -m found }";
        String without = " if { var(" + ANY_PATH + ") -m found }";
        List<String> rules = new ArrayList<>(List.of(
                "http-request set-var(" + ANY_PATH + ") var(txn.backend),concat(=),map_str("
                        + layout.map(HaproxyMap.PATHS) + ")",
                "http-request set-var(txn.backend) var(" + ANY_PATH + ") if { var(" + ANY_PATH + ") -m found }",
                "http-request allow if !{ var(txn.backend) -m beg @ }",
                "http-request set-uri %[pathq]" + with + " { url -m beg -i http:// https:// } { path -m beg / }",
                "http-request set-var(txn.malformed) bool(true)" + with + " !{ path -m beg / } !{ url * }",
                "http-request set-var(txn.malformed) bool(true)" + with + " " + BROKEN,
                "http-request set-var(txn.query) query if { query -m sub % }",
                "http-request set-var(txn.uri) url" + without,
                // With a condition HAProxy takes these two for path-merge-slashes.
                "http-request normalize-uri percent-decode-unreserved",
                "http-request normalize-uri percent-to-uppercase",
                "http-request set-uri %[var(txn.uri)]" + without,
                "http-request set-query %[var(txn.query)] if { var(txn.query) -m found }"));
        rules.addAll(RequestRefusal.PATH.when("{ var(txn.malformed) -m found } || !{ var(" + ANY_PATH
                + ") -m found } { path -m reg -- " + HaproxyQuoting.quote(UNDECIDABLE) + " }"));
        rules.addAll(List.of(
                "http-request normalize-uri path-merge-slashes" + with,
                "http-request normalize-uri path-strip-dot" + with,
                "http-request normalize-uri path-strip-dotdot full" + with,
                "http-request set-var(" + BARE_PATH + ") 'path," + regsub(SEGMENT_ENDS + "[^/]*", "", "g") + "'" + with
                        + " { path -m reg -- '" + SEGMENT_ENDS + "' }"));
        return rules;
    }

    /**
     * Rules of a backend that bring the path of every request into its normal form; without effect on a path that has it.
     *
     * @param refusal the rule that answers a request whose path has no normal form
     */
    static List<String> pathOfAnyHost(String refusal) {
        return List.of(
                "http-request set-uri %[pathq] if { url -m beg -i http:// https:// } { path -m beg / }",
                refusal + " if " + BROKEN,
                "http-request set-var(txn.query) query if { query -m sub % }",
                "http-request normalize-uri percent-decode-unreserved",
                "http-request normalize-uri percent-to-uppercase",
                "http-request set-query %[var(txn.query)] if { var(txn.query) -m found }",
                refusal + " if !{ path -m beg / } !{ url * } || { path -m reg -- " + HaproxyQuoting.quote(UNDECIDABLE)
                        + " }",
                "http-request normalize-uri path-merge-slashes",
                "http-request normalize-uri path-strip-dot",
                "http-request normalize-uri path-strip-dotdot full");
    }

    /** Refuses a path that leads elsewhere for an application that cuts segments off. */
    public List<String> decision() {
        List<String> rules = new ArrayList<>(List.of(
                "http-request set-var(txn.bare_backend) var(txn.backend),concat(," + BARE_PATH + ",/" + PATH_END
                        + "),map_beg(" + layout.map(HaproxyMap.PATHS) + ") if { var(" + BARE_PATH + ") -m found }",
                "http-request set-var(txn.backend) var(txn.backend),concat(,txn.path,/" + PATH_END + "),map_beg("
                        + layout.map(HaproxyMap.PATHS) + ")"));
        rules.addAll(RequestRefusal.PATH_PARAMETER.when(
                "{ var(" + BARE_PATH + ") -m found } !{ var(txn.bare_backend),strcmp(txn.backend) eq 0 }"));
        return rules;
    }
}
