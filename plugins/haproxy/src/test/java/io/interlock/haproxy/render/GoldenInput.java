package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.AuthServerAddress;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.render.directive.ErrorPages;
import io.interlock.haproxy.render.directive.ErrorPages.ErrorPage;
import io.interlock.haproxy.render.directive.HeaderSpace;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.TlsFrontend;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Input of a golden file, one line for each element:
 *
 * <pre>
 * version 2.6
 * spares NUMBER
 * wait MILLISECONDS
 * syslog 127.0.0.1:514
 * stats USER PASSWORD
 * host NAME [NAME ...]
 *   route PREFIX BACKEND
 * backend NAME
 *   server NAME ADDRESS PORT [draining]
 *   interval MILLISECONDS        of the servers that follow
 *   check http METHOD URI [HOST] | check PROTOCOL [USER]
 *   option TEXT
 *   policy KIND [WORD ...]       see {@link GoldenPolicyParser}
 * tls PORT served | redirected | refused [http3] [challenges]
 * certificate ID NAME [NAME ...]
 * modern ID NAME [NAME ...]      with TLS 1.3 only
 * challenge TOKEN ANSWER
 * peers OWN PORT OTHER [OTHER ...]
 * </pre>
 */
public final class GoldenInput {

    private HaproxyVersion version = new HaproxyVersion(2, 6);
    private int spares;
    private Duration wait = Duration.ZERO;
    private Optional<String> syslog = Optional.empty();
    private final Map<Integer, List<TcpListener.TcpRoute>> listeners = new TreeMap<>();
    private final Map<String, AuthServerAddress> authServers = new TreeMap<>();
    private final List<AddressRange> proxies = new ArrayList<>();
    private boolean proxyProtocol;
    private ListenerSettings.LogFormat format = ListenerSettings.LogFormat.TEXT;
    private Function<Path, ErrorPages> pages = folder -> ErrorPages.NONE;
    private Optional<Credentials> stats = Optional.empty();
    private final Map<List<HostName>, List<Route>> hosts = new LinkedHashMap<>();
    private final Map<String, BackendParts> backends = new LinkedHashMap<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private final List<AcmeChallenge> challenges = new ArrayList<>();
    private Optional<PeerGroup> peers = Optional.empty();
    private Optional<TlsSettings> tls = Optional.empty();
    private Consumer<Route> routes = route -> {};
    private BackendParts backend = new BackendParts();

    private static final class BackendParts {
        private final List<Server> servers = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final List<BackendPolicy> policies = new ArrayList<>();
        private HealthCheck check = new HealthCheck.Tcp();
        private Duration interval = Duration.ofSeconds(5);
    }

    public static GoldenInput parse(String text) {
        GoldenInput input = new GoldenInput();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(input::take);
        return input;
    }

    Topology topology() {
        List<VirtualHost> virtualHosts = new ArrayList<>();
        hosts.forEach((names, routes) -> virtualHosts.add(new VirtualHost(names, routes)));
        List<Backend> built = new ArrayList<>();
        backends.forEach((name, parts) ->
                built.add(new Backend(name, parts.servers, parts.check, parts.options, parts.policies)));
        return new Topology(
                virtualHosts,
                built,
                new TlsMaterial(certificates, challenges),
                listeners.entrySet().stream()
                        .map(entry -> new TcpListener(entry.getKey(), entry.getValue()))
                        .toList());
    }

    Optional<PeerGroup> peers() {
        return peers;
    }

    public RenderSettings settings(Path folder) {
        ProxySettings proxy = new ProxySettings(
                8080,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                2048,
                syslog,
                folder.resolve("proxy.conf"),
                folder.resolve("proxy.pid"),
                stats,
                tls,
                new ListenerSettings(proxies, proxyProtocol, format, Optional.empty()));
        return new RenderSettings(
                proxy,
                version,
                new HaproxyPaths(folder),
                List.of("0.0.0.0:8080"),
                2,
                Duration.ofMillis(250),
                spares,
                wait,
                Duration.ofMinutes(1),
                tls.map(asked -> new TlsFrontend(asked, List.of(address("0.0.0.0"), address("::")), Optional.empty())),
                pages.apply(folder),
                List.of(address("0.0.0.0"), address("::")),
                RenderSettings.usualConnectionsPerClient(proxy),
                HeaderSpace.USUAL_HEAD,
                RenderSettings.USUAL_CLIENT_PREFIX,
                new AuthServers(
                        authServers,
                        Duration.ofSeconds(5),
                        Optional.of(List.of(address("192.0.2.7"))),
                        "core.register_action('interlock-forward-auth', {'http-req'}, function() end, 6)\n"));
    }

    private void take(String line) {
        List<String> words = List.of(line.split(" "));
        String rest = line.substring(line.indexOf(' ') + 1);
        switch (words.getFirst()) {
            case "version" ->
                version = HaproxyVersion.parse("HAProxy version " + rest + ".0").orElseThrow();
            case "spares" -> spares = Integer.parseInt(rest);
            case "wait" -> wait = Duration.ofMillis(Long.parseLong(rest));
            case "syslog" -> syslog = Optional.of(rest);
            case "trusted" ->
                proxies.addAll(words.stream().skip(1).map(AddressRange::of).toList());
            case "auth-server" -> authServers.put(words.get(1), AuthServerAddress.of(words.get(2)));
            case "peers" ->
                peers = Optional.of(new PeerGroup(
                        address(words.get(1)),
                        address(words.get(1)),
                        Integer.parseInt(words.get(2)),
                        words.stream().skip(3).map(GoldenInput::address).toList()));
            case "proxy-protocol" -> proxyProtocol = true;
            case "log-json" -> format = ListenerSettings.LogFormat.JSON;
            case "pages" ->
                pages = folder -> new ErrorPages(
                        Map.of(503, new ErrorPage(folder.resolve("503.html"), true)),
                        Map.of(
                                rest,
                                Map.of(
                                        502,
                                        new ErrorPage(folder.resolve("502.html"), false),
                                        503,
                                        new ErrorPage(folder.resolve("it's.html"), false))));
            case "stats" -> stats = Optional.of(new Credentials(words.get(1), line.split(" ", 3)[2]));
            case "host" -> {
                List<Route> added = new ArrayList<>();
                hosts.put(words.stream().skip(1).map(HostName::of).toList(), added);
                routes = added::add;
            }
            case "route" -> routes.accept(new Route(words.get(1), words.get(2)));
            case "conditional" -> routes.accept(conditional(words));
            case "tcp" ->
                listeners
                        .computeIfAbsent(Integer.valueOf(words.get(1)), port -> new ArrayList<>())
                        .add(new TcpListener.TcpRoute(
                                Optional.of(words.get(2))
                                        .filter(name -> !name.equals("-"))
                                        .map(HostName::of),
                                words.get(3)));
            case "backend" -> backend = backends.computeIfAbsent(rest, name -> new BackendParts());
            case "interval" -> backend.interval = Duration.ofMillis(Long.parseLong(rest));
            case "server" -> backend.servers.add(server(words));
            case "check" -> backend.check = check(words);
            case "tls" -> tls = Optional.of(tls(words));
            case "certificate" -> certificates.add(certificate(words, Optional.empty()));
            case "modern" -> certificates.add(certificate(words, Optional.of(TlsVersion.TLS_1_3)));
            case "challenge" -> challenges.add(new AcmeChallenge(words.get(1), words.get(2)));
            case "policy" -> backend.policies.add(GoldenPolicyParser.parse(rest));
            case "option" -> backend.options.add(rest);
            default -> throw new IllegalArgumentException("not a line of a golden file: " + line);
        }
    }

    /**
     * Priority, path, backend, then conditions: a kind, a colon, its content; values follow an equals sign, lists are
     * separated by bars.
     */
    private static Route conditional(List<String> words) {
        return new Route(
                words.get(2),
                words.stream().skip(4).map(GoldenInput::condition).toList(),
                Integer.parseInt(words.get(1)),
                words.get(3));
    }

    private static RouteCondition condition(String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        String name = rest.split("=", 2)[0];
        Optional<String> value = rest.contains("=") ? Optional.of(rest.substring(name.length() + 1)) : Optional.empty();
        return switch (text.substring(0, text.indexOf(':'))) {
            case "header" -> new RouteCondition.Header(name, value);
            case "cookie" -> new RouteCondition.Cookie(name, value);
            case "query" -> new RouteCondition.Query(name, value);
            case "method" -> new RouteCondition.Method(List.of(rest.split("\\|")));
            case "paths" ->
                new RouteCondition.Path(Stream.of(rest.split("\\s*;\\s*"))
                        .map(PathExpression::of)
                        .toList());
            case "exact" -> new RouteCondition.ExactPath(rest.equals("/"));
            case "client" ->
                new RouteCondition.Client(
                        Stream.of(rest.split("\\|")).map(AddressRange::of).toList());
            default -> throw new IllegalArgumentException("not a condition: " + text);
        };
    }

    private static TlsSettings tls(List<String> words) {
        return new TlsSettings(
                Integer.parseInt(words.get(1)),
                443,
                TlsVersion.TLS_1_2,
                Optional.empty(),
                TlsSettings.PlainHttp.valueOf(words.get(2).toUpperCase(Locale.ROOT)),
                words.contains("http3"),
                words.contains("challenges"));
    }

    private static Certificate certificate(List<String> words, Optional<TlsVersion> least) {
        return new Certificate(
                words.get(1),
                Path.of("/store", words.get(1) + ".pem"),
                1000,
                words.stream().skip(2).map(HostName::of).toList(),
                least);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Server server(List<String> words) {
        try {
            return new Server(
                    words.get(1),
                    words.get(1),
                    InetAddress.getByName(words.get(2)),
                    Integer.parseInt(words.get(3)),
                    words.contains("draining") ? ServerState.DRAINING : ServerState.READY,
                    backend.interval,
                    1,
                    words.contains("backup"));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static HealthCheck.Statuses statuses(String text) {
        String[] ends = text.split("-");
        return new HealthCheck.Statuses(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }

    private static HealthCheck check(List<String> words) {
        if (words.get(1).equals("http")) {
            return new HealthCheck.Http(
                    words.get(2),
                    words.get(3),
                    words.stream()
                            .skip(4)
                            .findFirst()
                            .filter(host -> !host.equals("-"))
                            .map(HostName::of),
                    words.stream()
                            .skip(6)
                            .map(header -> header.split("=", 2))
                            .map(header -> HeaderChange.set(header[0], header[1]))
                            .toList(),
                    words.size() > 5 ? statuses(words.get(5)) : HealthCheck.Statuses.USUAL);
        }
        return new HealthCheck.Protocol(
                HealthCheck.Protocol.Kind.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                words.stream().skip(2).findFirst());
    }
}
