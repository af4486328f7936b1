package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.render.ParsedConfig.Section;
import io.interlock.haproxy.render.directive.OptionRuleTable;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares the rendered configuration with the topology: it has no additional line and no additional word. There are no
 * spare backends, so that every value of a container stands in the configuration itself.
 */
@Tag("unit")
class ConfigInjectionTest {

    private static final int TOPOLOGIES = 300;
    private static final Path FOLDER = Path.of("/var/lib/interlock/haproxy");
    private static final Set<String> CHECKS =
            Set.of("httpchk", "ldap-check", "mysql-check", "pgsql-check", "redis-check", "smtpchk", "ssl-hello-chk");

    private final RenderSettings settings = GoldenInput.parse("version 3.0\nspares 0\nstats a b\nsyslog 127.0.0.1:514")
            .settings(FOLDER);

    @Test
    void whateverContainersAskForNothingElseComesIntoTheConfiguration() throws Exception {
        long seed = new Random().nextLong();
        RandomTopologies topologies = new RandomTopologies(new Random(seed));
        for (int i = 0; i < TOPOLOGIES; i++) {
            Topology topology = topologies.next();
            RenderedConfig rendered = render(topology);
            try {
                compare(ParsedConfig.parse(rendered.config()).sections(), topology);
                compareMaps(rendered, topology);
            } catch (AssertionError | IllegalArgumentException e) {
                throw new AssertionError("seed " + seed + ", topology " + i + ":\n" + rendered.config(), e);
            }
        }
    }

    private void compare(List<Section> sections, Topology topology) throws Exception {
        List<Section> base = ParsedConfig.parse(render(Topology.EMPTY).config()).sections();
        // The listener for health checks, its defaults, the peers and the table of failed logins come last.
        int fixed = base.size() - 4;
        int backends = topology.backends().size();
        assertThat(sections).hasSize(base.size() + backends);
        // The revision differs, and so do the lines that look up hosts; they contain no host name.
        for (int i = 1; i < fixed; i++) {
            assertThat(sections.get(i).head()).isEqualTo(base.get(i).head());
            if (!sections.get(i).head().contains("interlock.http")) {
                List<List<String>> lines = new ArrayList<>(sections.get(i).lines());
                // Comes with the first route by path.
                lines.remove(List.of("expose-experimental-directives"));
                assertThat(lines).isEqualTo(base.get(i).lines());
            }
        }
        int http = base.stream().map(Section::head).toList().indexOf(List.of("frontend", "interlock.http"));
        List<List<String>> listener = new ArrayList<>(sections.get(http).lines());
        listener.removeAll(base.get(http).lines());
        listener.removeAll(rulesForPaths());
        Set<String> asked = asked(topology);
        assertThat(listener).allSatisfy(words -> compareRule(words, asked));
        for (int i = 0; i < backends; i++) {
            compare(sections.get(fixed + i), topology.backends().get(i));
        }
        assertThat(sections.subList(fixed + backends, sections.size())).isEqualTo(base.subList(fixed, base.size()));
    }

    /** The lines that come with the first route by path, whoever asks for it. */
    private List<List<String>> rulesForPaths() throws Exception {
        Topology sample = new Topology(
                List.of(new VirtualHost(
                        List.of(new HostName("sample.example.com")), List.of(new Route("/sample", "sample")))),
                List.of(new Backend("sample", List.of(), new HealthCheck.Tcp(), List.of())));
        return ParsedConfig.parse(render(sample).config()).sections().stream()
                .filter(section -> section.head().contains("interlock.http"))
                .flatMap(section -> section.lines().stream())
                .toList();
    }

    private static void compareRule(List<String> words, Set<String> asked) {
        if (words.getFirst().equals("acl")) {
            assertThat(words.get(1)).matches("interlock\\.[0-9a-f]{16}\\.[0-9]+\\.(path|bare|[0-9]+(\\.bare)?)");
            List<String> fetch = words.subList(
                    2,
                    words.contains("--")
                            ? words.indexOf("--") + 1
                            : words.get(2).equals("method") ? 3 : words.size());
            assertThat(String.join(" ", fetch))
                    .matches("(path|var\\(txn\\.bare_path\\)) -m (str|beg|reg) --|src --|method"
                            + "|(req\\.fhdr|req\\.cook|url_param)\\([A-Za-z0-9_.-]+\\) -m (found|str --)");
            assertThat(asked).containsAll(words.subList(2 + fetch.size(), words.size()));
            return;
        }
        assertThat(words)
                .startsWith("http-request")
                .element(1)
                .asString()
                .matches("deny|allow|set-var\\(txn\\.(backend|parent|path)\\)");
        if (words.contains("reg")) {
            assertThat(words)
                    .containsSubsequence("{", "var(txn.host)", "-m", "reg", "--")
                    .hasSize(17);
            assertThat(asked).contains(words.get(15));
        } else {
            assertThat(words).allSatisfy(word -> assertThat(word).matches("[A-Za-z0-9_.,:/@*~(){}\\[\\]!-]+"));
        }
    }

    /** Every value that may stand in a rule. */
    private static Set<String> asked(Topology topology) {
        Set<String> asked = new TreeSet<>();
        for (VirtualHost host : topology.virtualHosts()) {
            host.hostNames().stream()
                    .filter(HostName::isExpression)
                    .map(HostName::expression)
                    .forEach(asked::add);
            for (Route route : host.routes()) {
                asked.add(route.pathPrefix());
                asked.add(route.pathPrefix() + "/");
                route.conditions().forEach(condition -> asked.addAll(values(condition)));
            }
        }
        return asked;
    }

    private static List<String> values(RouteCondition condition) {
        return switch (condition) {
            case RouteCondition.Header header -> header.value().stream().toList();
            case RouteCondition.Cookie cookie -> cookie.value().stream().toList();
            case RouteCondition.Query query -> query.value().stream().toList();
            case RouteCondition.Method(List<String> methods) -> methods;
            case RouteCondition.ExactPath unused -> List.of();
            case RouteCondition.Path(List<PathExpression> expressions) ->
                expressions.stream().map(expression -> "^" + expression + "$").toList();
            case RouteCondition.Client(List<AddressRange> ranges) ->
                ranges.stream().map(AddressRange::toString).toList();
        };
    }

    private static void compare(Section section, Backend backend) {
        assertThat(section.head()).containsExactly("backend", backend.name());
        List<List<String>> options = new ArrayList<>();
        List<List<String>> checks = new ArrayList<>();
        List<List<String>> servers = new ArrayList<>();
        for (List<String> words : section.lines()) {
            switch (words.getFirst()) {
                case "server" -> servers.add(words);
                case "http-check" -> checks.add(words);
                case "option" -> (CHECKS.contains(words.get(1)) ? checks : options).add(words);
                default ->
                    assertThat(words).containsExactly("http-response", "add-header", "X-Request-Start", "%Ts.%ms");
            }
        }
        compareOptions(options, backend.options());
        assertThat(checks).isEqualTo(lines(backend.healthCheck()));
        assertThat(section.lines()).hasSize(options.size() + checks.size() + servers.size() + 1);
        assertThat(servers).hasSameSizeAs(backend.servers());
        for (int i = 0; i < servers.size(); i++) {
            compareServer(servers.get(i), backend.servers().get(i));
        }
    }

    /** Each option is in the list of allowed options, has words that were asked for, and appears once. */
    private static void compareOptions(List<List<String>> options, List<String> asked) {
        Set<String> names = new TreeSet<>();
        for (List<String> words : options) {
            assertThat(names.add(words.get(1))).as(words.toString()).isTrue();
            assertThat(OptionRuleTable.allowed()).contains(words.get(1));
            String option = String.join(" ", words.subList(1, words.size()));
            assertThat(asked.contains(option) || words.size() == 2).as(option).isTrue();
        }
    }

    private static List<List<String>> lines(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Tcp() -> List.of();
            case HealthCheck.Http http -> {
                List<String> send =
                        new ArrayList<>(List.of("http-check", "send", "meth", http.method(), "uri", http.uri()));
                http.host().ifPresent(host -> send.addAll(List.of("ver", "HTTP/1.1", "hdr", "Host", host.value())));
                http.headers()
                        .forEach(header -> send.addAll(List.of(
                                "hdr",
                                header.name(),
                                header.value().orElseThrow().reveal().replace("%", "%%"))));
                List<List<String>> lines = new ArrayList<>(List.of(List.of("option", "httpchk"), send));
                if (!http.expected().equals(HealthCheck.Statuses.USUAL)) {
                    lines.add(List.of(
                            "http-check", "expect", "status", http.expected().toString()));
                }
                yield lines;
            }
            case HealthCheck.Protocol protocol -> {
                String option = switch (protocol.kind()) {
                    case LDAP -> "ldap-check";
                    case MYSQL -> "mysql-check";
                    case POSTGRESQL -> "pgsql-check";
                    case REDIS -> "redis-check";
                    case SMTP -> "smtpchk";
                    case TLS -> "ssl-hello-chk";
                };
                yield List.of(Stream.concat(
                                Stream.of("option", option),
                                protocol.user().stream().flatMap(user -> Stream.of("user", user)))
                        .toList());
            }
        };
    }

    private static void compareServer(List<String> words, Server server) {
        String host = server.address().getHostAddress();
        String endpoint = (server.address().getAddress().length == 4 ? host : "[" + host + "]") + ":" + server.port();
        assertThat(words).startsWith("server", server.name() + (server.backup() ? ":backup" : ""), endpoint, "id");
        assertThat(words.subList(4, words.size()))
                .allSatisfy(word -> assertThat(word).matches("[a-z0-9-]+"));
    }

    private static void compareMaps(RenderedConfig rendered, Topology topology) {
        List<HostName> names = topology.virtualHosts().stream()
                .map(VirtualHost::hostNames)
                .flatMap(List::stream)
                .toList();
        HaproxyPaths layout = new HaproxyPaths(FOLDER);
        assertThat(keys(rendered, layout.map(HaproxyMap.HOSTS)))
                .isEqualTo(domains(names.stream().filter(HostName::isExact)));
        assertThat(keys(rendered, layout.map(HaproxyMap.WILDCARDS)))
                .isEqualTo(domains(names.stream().filter(HostName::isWildcard)));
        assertThat(keys(rendered, layout.map(HaproxyMap.PATHS)))
                .allSatisfy(key -> assertThat(key).startsWith("@"));
    }

    private static Set<String> domains(Stream<HostName> names) {
        Set<String> domains = new TreeSet<>();
        names.map(HostName::domain).forEach(domains::add);
        return domains;
    }

    private static Set<String> keys(RenderedConfig rendered, Path map) {
        Set<String> keys = new TreeSet<>();
        rendered.maps().getOrDefault(map, "").lines().forEach(line -> {
            List<String> words = List.of(line.split(" ", -1));
            assertThat(words).hasSize(2).noneMatch(String::isEmpty);
            assertThat(keys.add(words.getFirst())).as(line).isTrue();
        });
        return keys;
    }

    private RenderedConfig render(Topology topology) throws Exception {
        ConfigTemplate template = BuiltInTemplate.get();
        return new ConfigRenderer(settings).render(new DesiredConfigFactory(settings).of(topology, template), template);
    }
}
