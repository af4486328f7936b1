package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.BackendPolicy.Redirects.Redirect;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.Route;
import io.interlock.util.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rules of a backend for HTTP requests and responses: access, redirects, headers. */
final class HttpRuleDirectives {

    /** Without a condition, HAProxy warns that the following rules have no effect. */
    private static final String ALWAYS = PolicyDirectives.ALWAYS;

    private static final int UNAVAILABLE = 503;

    /** Failed logins of a client within a minute, at all backends, after which its passwords are not looked at. */
    private static final int MOST_FAILED_LOGINS = 10;

    /** The table of failed logins, as a section. */
    static final String LOGINS = """
            backend interlock.logins
                stick-table type ipv6 size 100k expire 1m store gpc0_rate(1m)%s
            """.formatted(PeerSection.SHARED);

    /** An address, a space, and the name of a backend. */
    private static final int LONGEST_CLIENT = 320;

    private final PolicyDirectives directives;
    private final RenderSettings settings;

    HttpRuleDirectives(PolicyDirectives directives, RenderSettings settings) {
        this.directives = directives;
        this.settings = settings;
    }

    void httpsOnly(int status) {
        if (settings.tls().isPresent()) {
            directives.add(settings.tls().get().redirect(status, secure()));
            return;
        }
        if (behindProxies()) {
            directives.add(TlsFrontend.redirect(status, secure(), TlsFrontend.HTTPS));
            return;
        }
        directives.add("http-request return status 403 content-type text/plain string"
                + " \"This is served by https only, and there is no https here.\\n\"" + ALWAYS);
        directives.omit(
                "ssl_only",
                Integer.toString(status),
                "there is no HTTPS listener (tls in the configuration) to redirect to; every request is answered with 403");
    }

    void strictTransport(BackendPolicy.StrictTransportSecurity hsts) {
        directives.add("http-after-response set-header Strict-Transport-Security "
                + HaproxyQuoting.quote("max-age=" + hsts.maxAge().toSeconds()
                        + (hsts.includeSubDomains() ? "; includeSubDomains" : "")
                        + (hsts.preload() ? "; preload" : ""))
                + " if " + secure());
    }

    private boolean behindProxies() {
        return !settings.proxy().listeners().trustedProxies().isEmpty();
    }

    private String secure() {
        return RequestNormalization.secure(settings.proxy().listeners());
    }

    void rateLimit(int requests, long seconds) {
        String table = "interlock.rates-" + seconds + "s";
        directives.addSection("backend " + table + "\n    stick-table type string len " + LONGEST_CLIENT
                + " size 100k expire " + 2 * seconds + "s store http_req_rate(" + seconds + "s)"
                + PeerSection.SHARED + "\n");
        if (!settings.writesInAdvance()) {
            directives.add("http-request set-var(txn.backend) be_name");
        }
        // One table for all backends: the name of a spare backend is not that of the backend which it stands for.
        directives.add("http-request track-sc0 'src,ipmask(32," + settings.clientPrefix()
                + "),concat(\" \",txn.backend)' table " + table);
        directives.add("http-request return status 429 content-type text/plain hdr Retry-After " + seconds
                + " string \"Too many requests.\\n\" if { sc_http_req_rate(0) gt " + requests + " }");
    }

    void bodyLimit(long bytes) {
        directives.add("http-request deny deny_status 413 if { req.body_size gt " + bytes + " }");
        directives.add("http-request wait-for-body time 1s at-least 1 unless { req.hdr(content-length) -m found }");
        directives.add(
                "http-request return status 411 content-type text/plain string \"Content-Length is required.\\n\""
                        + " if { req.body_len gt 0 } !{ req.hdr(content-length) -m found }");
    }

    void basicAuthentication(List<User> users) {
        StringBuilder lists = new StringBuilder();
        users.forEach(user -> lists.append("    user ")
                .append(HaproxyQuoting.quote(user.name()))
                .append(" password ")
                .append(HaproxyQuoting.quote(user.hash().reveal()))
                .append('\n'));
        String name = "interlock.users-" + Sha256.nameOf(lists.toString());
        directives.addSection("userlist " + name + "\n" + lists);
        directives.addSection(LOGINS);
        // A password is hashed once for a request, and not at all for a client that keeps guessing.
        String tries = "{ req.hdr(authorization) -m found }";
        limitGuesses(tries, settings).forEach(directives::add);
        // Each list has a variable of its own: of two lists, a user of one is not one of the other.
        String login = "txn." + name.replace('-', '.');
        directives.add("http-request set-var(" + login + ") bool(true) if { http_auth(" + name + ") }");
        String known = "{ var(" + login + ") -m found }";
        directives.add("http-request sc-inc-gpc0(1) if " + tries + " !" + known);
        directives.add("http-request auth realm Interlock unless " + known);
    }

    /** Rules that look at no further password of a client that keeps guessing, wherever. */
    static List<String> limitGuesses(String tries, RenderSettings settings) {
        return List.of(
                "http-request track-sc1 src,ipmask(32," + settings.clientPrefix() + ") table interlock.logins if "
                        + tries,
                "http-request return status 429 content-type text/plain hdr Retry-After 60"
                        + " string \"Too many failed logins.\\n\" if " + tries + " { sc1_gpc0_rate gt "
                        + MOST_FAILED_LOGINS + " }");
    }

    void maintenance(Duration retryAfter) {
        directives.add("http-request return status 503 hdr Retry-After " + retryAfter.toSeconds() + " "
                + settings.errorPages()
                        .answer(
                                directives.errorPages(),
                                UNAVAILABLE,
                                "\"This is being maintained. Try again later.\\n\"")
                + ALWAYS);
    }

    void canonicalName(BackendPolicy.CanonicalName canonical) {
        directives.add("http-request redirect code " + canonical.status() + " location " + scheme() + "://"
                + canonical.name() + "%[req.fhdr(host),regsub(^.*[^0-9:],),regsub(^[0-9]+,)]%[pathq] unless {"
                + " req.fhdr(host),lower,regsub(:[0-9]*$,),regsub([.]$,) -m str " + canonical.name() + " }");
    }

    private String scheme() {
        return behindProxies() ? "%[var(" + RequestNormalization.SCHEME + ")]" : "http%[ssl_fc,iif(s,)]";
    }

    void redirect(Redirect redirect) {
        String condition = directives.conditionName();
        boolean everything = redirect.path().equals(Route.EVERYTHING);
        directives.add("acl " + condition + " path -m str -- " + HaproxyQuoting.quote(redirect.path()));
        if (redirect.below()) {
            directives.add("acl " + condition + " path -m beg -- "
                    + HaproxyQuoting.quote(everything ? "/" : redirect.path() + "/"));
        }
        String rest = "pathq,bytes(" + (everything ? 0 : redirect.path().length()) + ")";
        String appended = "";
        if (redirect.appended() && redirect.target().equals(Route.EVERYTHING)) {
            // Browsers take two slashes or backslashes for the beginning of a host.
            directives.add(
                    "http-request set-var(txn.rest) '" + rest + ",regsub(\"^[/\\\\\\\\]+\",\"\")' if " + condition);
            appended = "%[var(txn.rest)]";
        } else if (redirect.appended()) {
            appended = "%[" + rest + "]";
        }
        directives.add("http-request redirect code " + redirect.status() + " location "
                + HaproxyQuoting.quote(redirect.target().replace("%", "%%") + appended) + " if " + condition);
    }

    void strippedPath(String prefix) {
        directives.add("http-request set-header X-Forwarded-Prefix " + HaproxyQuoting.quote(prefix.replace("%", "%%")));
        directives.add(
                "http-request replace-path " + HaproxyQuoting.quote("^" + literally(prefix) + "(/(.*))?$") + " /\\2");
    }

    /**
     * Regular expression that matches the prefix literally, with every regular expression library that HAProxy can be
     * built with.
     */
    private static String literally(String prefix) {
        return prefix.replaceAll("[.$()*+?|^{}\\[\\]\\\\]", "\\\\$0");
    }

    void crossOrigin(BackendPolicy.CrossOrigin cors) {
        boolean any = cors.origins().equals(List.of(BackendPolicy.CrossOrigin.ANY));
        String asks = any
                ? "{ req.fhdr(origin) -m found }"
                : directives.condition("req.fhdr(origin) -m str --", cors.origins());
        String origin = any ? BackendPolicy.CrossOrigin.ANY : "%[req.fhdr(origin)]";
        directives.add("http-request return status 204 hdr Access-Control-Allow-Origin " + origin + " hdr Vary Origin"
                + " hdr Access-Control-Allow-Methods " + HaproxyQuoting.quote(String.join(", ", cors.methods()))
                + (cors.headers().isEmpty()
                        ? ""
                        : " hdr Access-Control-Allow-Headers "
                                + HaproxyQuoting.quote(String.join(", ", cors.headers())))
                + (cors.credentials() ? " hdr Access-Control-Allow-Credentials true" : "")
                + " hdr Access-Control-Max-Age " + cors.maxAge().toSeconds()
                + " if { method OPTIONS } { req.hdr(access-control-request-method) -m found } " + asks);
        directives.add("http-request set-var(txn.origin) req.fhdr(origin) if " + asks);
        String answered = " if { var(txn.origin) -m found }";
        directives.add("http-after-response set-header Access-Control-Allow-Origin "
                + (any ? BackendPolicy.CrossOrigin.ANY : "%[var(txn.origin)]") + answered);
        if (cors.credentials()) {
            directives.add("http-after-response set-header Access-Control-Allow-Credentials true" + answered);
        }
        if (!any) {
            directives.add("http-after-response add-header Vary Origin");
        }
    }

    /** A client's header of this name reaches the container in no other spelling. */
    void requestHeader(HeaderChange change) {
        directives.add(RequestNormalization.delete("^"
                + change.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", RequestNormalization.HYPHEN) + "$"));
        if (change.value().isPresent()) {
            header("http-request", change);
        }
    }

    void header(String ruleSet, HeaderChange change) {
        // A percent sign would start a variable.
        directives.add(change.value()
                .map(value -> ruleSet + " set-header " + HaproxyQuoting.quote(change.name()) + " "
                        + HaproxyQuoting.quote(value.reveal().replace("%", "%%")))
                .orElseGet(() -> ruleSet + " del-header " + HaproxyQuoting.quote(change.name())));
    }

    /** The account of HAProxy's page: its password reaches no container, and cannot be guessed. */
    static List<String> statisticsAccount(Credentials account, RenderSettings settings) {
        String named = "{ var(txn.named) -m found } ";
        String page = "{ pathq -m beg /haproxy?stats }";
        String known = "{ req.hdr(authorization),word(2,' '),b64dec -m str -- "
                + HaproxyQuoting.quote(account.user() + ":" + account.password().reveal()) + " }";
        String tries = named + "{ req.hdr(authorization) -m found } " + page;
        List<String> rules = new ArrayList<>();
        rules.add("http-request del-header Authorization if " + named + known + " !" + page);
        rules.addAll(limitGuesses(tries, settings));
        rules.add("http-request sc-inc-gpc0(1) if " + tries + " !" + known);
        return rules;
    }

    void upgrades(List<String> protocols) {
        String asked = "var(" + RequestNormalization.UPGRADE + ") -m str -i -- ";
        for (String protocol : protocols) {
            directives.add("http-request set-header Upgrade " + protocol + " if { " + asked + protocol + " }");
        }
        directives.add(
                "http-request set-header Connection upgrade if " + directives.condition(asked.strip(), protocols));
    }
}
