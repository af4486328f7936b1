package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.AuthServerAddress;
import io.interlock.api.topology.BackendPolicy.ForwardAuthentication;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.util.Sha256;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Directives of a backend whose requests another server decides about. A Lua script asks, through a listener of HAProxy's own and a
 * backend for each server. The backend resolves the server's name, keeps connections to it, and holds its answer back until it is
 * complete, so that its time and size are limited. The backend marks an answer of the server; everything else is a fault.
 *
 * <p>HAProxy goes on after an error in a script. Therefore the last thing that the script does for a request that passes is to set a
 * variable, without which the next rule refuses the request.
 */
public final class ForwardAuthDirectives {

    /** First version whose scripts can ask through a socket, for a limited time. */
    public static final HaproxyVersion SINCE = new HaproxyVersion(2, 6);

    /** First version that wants to know how scripts see a boolean. */
    private static final HaproxyVersion NAMES_CONVERSION = new HaproxyVersion(3, 1);

    private static final String ACTION = "http-request lua.interlock-forward-auth ";

    /** Header that names the backend in a question, and marks an answer. */
    private static final String MARK = "x-interlock-auth";

    private static final String RESOLVERS = "interlock.dns";

    /**
     * Maximum size of the head and the body of an answer, in bytes. Both must fit into a buffer, with what HAProxy needs to keep 256
     * headers: otherwise the end of the answer would be unknown.
     */
    private static final int MAX_ANSWER = 12_288;

    /** Maximum number of cookies that a server sets for the client of a request that passes. */
    private static final int MOST_COOKIES = 8;

    /** What belongs to whichever machine sends, or is no single machine; a name may lead there. */
    private static final List<String> LOCAL = List.of(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/3",
            "::/128",
            "::1/128",
            "::ffff:0:0/96",
            "64:ff9b::/96",
            "fe80::/10",
            "ff00::/8");

    private static final int LATE = 504;
    private static final int FAULTY = 502;
    private static final int LOOP = 508;
    private static final int BAD_PATH = 400;

    private final PolicyDirectives directives;
    private final RenderSettings settings;
    private final AuthServers servers;

    ForwardAuthDirectives(PolicyDirectives directives, RenderSettings settings) {
        this.directives = directives;
        this.settings = settings;
        this.servers = settings.authServers();
    }

    /** Whether one of the backends asks a server. */
    public static boolean isUsedBy(List<BackendSpec> backends) {
        return backends.stream()
                .anyMatch(backend -> backend.directives().stream().anyMatch(line -> line.startsWith(ACTION)));
    }

    /** Whole lines for the section {@code global}. */
    public static List<String> globals(List<BackendSpec> backends, RenderSettings settings) {
        if (!isUsedBy(backends)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        // For normalize-uri.
        lines.add("expose-experimental-directives");
        if (settings.version().isAtLeast(NAMES_CONVERSION)) {
            lines.add("tune.lua.bool-sample-conversion normal");
        }
        lines.add("lua-load-per-thread "
                + HaproxyQuoting.quote(
                        settings.layout().script(script(settings)).toString()));
        return lines;
    }

    /** The Lua script. HAProxy 2.6 passes no arguments to one. */
    public static String script(RenderSettings settings) {
        return "local socket, timeout, most_cookies = \"unix@%s\", %d, %d\n%s"
                .formatted(
                        settings.layout().authSocket(),
                        settings.authServers().timeout().toMillis(),
                        MOST_COOKIES,
                        settings.authServers().script());
    }

    void add(ForwardAuthentication policy) {
        Optional<AuthServerAddress> server =
                policy.address().or(() -> Optional.ofNullable(servers.named().get(policy.server())));
        if (!settings.version().isAtLeast(SINCE)) {
            refuse(
                    policy,
                    "HAProxy " + settings.version() + " cannot ask another server; " + SINCE
                            + " is the first version that can; every request is answered with 502");
        } else if (server.isEmpty()) {
            refuse(
                    policy,
                    "the operator has no server of that name in auth_servers of plugins.haproxy; every request is"
                            + " answered with 502");
        } else if (policy.address().isPresent() && isOwn(policy.address().get())) {
            refuse(
                    policy,
                    "that is, or may be, an address of this machine, which only the operator can choose with"
                            + " auth_servers of plugins.haproxy; every request is answered with 502");
        } else {
            ask(policy, server.get(), policy.address().isEmpty());
        }
    }

    private boolean isOwn(AuthServerAddress server) {
        return servers.own().isEmpty()
                || server.address().stream().anyMatch(servers.own().get()::contains);
    }

    private void refuse(ForwardAuthentication policy, String reason) {
        directives.add(answer(FAULTY, "There is no server to ask about this request.") + PolicyDirectives.ALWAYS);
        directives.omit("forward_auth", policy.server(), reason);
    }

    private void ask(ForwardAuthentication policy, AuthServerAddress server, boolean trusted) {
        String backend = section(server, trusted);
        String variable = "txn." + GlobalConfig.AUTH + "."
                + Sha256.nameOf(
                        backend,
                        server.path(),
                        policy.responseHeaders().toString(),
                        policy.requestHeaders().toString(),
                        Boolean.toString(policy.trustsForwardedHost()));
        directives.add(answer(LOOP, "The server that decides about this request leads back here.") + " if { req.hdr("
                + MARK + ") -m found }");
        // What the server decides about must be what the container gets.
        RequestNormalization.pathOfAnyHost(
                        answer(BAD_PATH, "The path of this request has an encoding that is not allowed here."))
                .forEach(directives::add);
        directives.add(ACTION
                + Stream.of(
                                backend,
                                variable,
                                server.toString(),
                                list(policy.responseHeaders()),
                                list(policy.requestHeaders()),
                                policy.trustsForwardedHost() ? "forwarded" : "own")
                        .map(HaproxyQuoting::quote)
                        .collect(Collectors.joining(" ")));
        directives.add(answer(LATE, "The server that decides about this request did not answer in time.") + " if { var("
                + variable + ") -m str late }");
        directives.add(
                answer(FAULTY, "The server that decides about this request cannot be asked, or its answer is none.")
                        + " unless { var(" + variable + ") -m str passed }");
        if (policy.responseHeaders().contains("set-cookie")) {
            for (int i = 1; i <= MOST_COOKIES; i++) {
                String cookie = "var(" + variable + ".cookie" + i + ")";
                directives.add(
                        "http-after-response add-header Set-Cookie %[" + cookie + "] if { " + cookie + " -m found }");
            }
        }
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "-" : String.join(",", names);
    }

    private String answer(int status, String text) {
        return "http-request return status " + status + " hdr Cache-Control no-store "
                + settings.errorPages().answer(directives.errorPages(), status, "\"" + text + "\\n\"");
    }

    /** Adds the sections through which the server is asked, and returns the name of its backend. */
    private String section(AuthServerAddress server, boolean trusted) {
        String lines = lines(server, trusted);
        String name = GlobalConfig.AUTH + "-" + Sha256.nameOf(lines);
        directives.addSection("""
                frontend %s
                    bind %s mode %s
                    maxconn %d
                    timeout client %dms
                    use_backend %%[req.hdr(%s)]
                """.formatted(
                        GlobalConfig.AUTH,
                        HaproxyQuoting.quote(settings.layout().authSocket().toString()),
                        settings.layout().socketMode(),
                        settings.proxy().maxConnections(),
                        4 * servers.timeout().toMillis(),
                        MARK));
        if (literal(server).isEmpty()) {
            directives.addSection("""
                    resolvers %s
                        parse-resolv-conf
                        accepted_payload_size 8192
                        resolve_retries 2
                        timeout resolve 1s
                        timeout retry 1s
                        hold valid 10s
                        hold nx 1s
                    """.formatted(RESOLVERS));
        }
        directives.addSection("backend " + name + "\n" + lines);
        return name;
    }

    private String lines(AuthServerAddress server, boolean trusted) {
        List<String> lines = new ArrayList<>();
        // A question does no harm if it is asked twice: the server may just have closed an idle connection.
        lines.add("retries 2");
        lines.add("retry-on conn-failure empty-response");
        lines.add("http-reuse always");
        lines.add("timeout connect " + settings.connectTryTimeout().toMillis() + "ms");
        lines.add("timeout server " + servers.timeout().toMillis() + "ms");
        Optional<String> address = literal(server);
        if (address.isEmpty()) {
            lines.add("http-request do-resolve(txn.address," + RESOLVERS + ",ipv4) str(" + server.host() + ")");
            lines.add("http-request return status 502 unless { var(txn.address) -m found }");
            if (!trusted) {
                AclValues.values("var(txn.address) -m ip --", untrusted())
                        .forEach(test -> lines.add("acl interlock.local " + test));
                lines.add("http-request return status 502 if interlock.local");
            }
            lines.add("http-request set-dst var(txn.address)");
        }
        String tooLarge = "http-response return status 502 if { res.body_size,add(txn.head) gt " + MAX_ANSWER + " }";
        lines.add("http-response set-var(txn.head) res.hdrs,length");
        lines.add(tooLarge);
        lines.add("http-response wait-for-body time " + servers.timeout().toMillis() + "ms at-least " + MAX_ANSWER);
        lines.add(tooLarge);
        lines.add("http-response set-header " + MARK + " answered");
        lines.add("server auth " + address.orElse("0.0.0.0") + ":" + server.port());
        return lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    private List<String> untrusted() {
        return Stream.concat(
                        LOCAL.stream(),
                        servers.own().orElse(List.of()).stream()
                                .map(InetAddress::getHostAddress)
                                .map(ForwardAuthDirectives::withoutZone))
                .distinct()
                .toList();
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** The address to connect to, if no name server has to be asked. */
    private static Optional<String> literal(AuthServerAddress server) {
        return server.address()
                .map(address -> server.host())
                .or(() -> server.isLocal() ? Optional.of("127.0.0.1") : Optional.empty());
    }
}
