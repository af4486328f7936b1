package io.interlock.haproxy.files;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.model.TcpListenerSpec;
import io.interlock.haproxy.plan.LoadedConfig;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import io.interlock.haproxy.plan.RuntimeStep;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.util.AtomicFile;
import io.interlock.util.ErrorMessages;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Store of the configuration that the worker has loaded, and of the servers and backends that were added later.
 * If this controller is killed, the next one could not get them from HAProxy. The content is valid only for a worker
 * that reports exactly that revision. A line is a key and its values; lines after {@link #COMPLETE} were appended.
 * Confined to one thread.
 */
public final class LoadedConfigStore {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final String REVISION = "revision";
    private static final String FRAME = "frame";
    private static final String PEERS = "peers";
    private static final String TCP = "tcp";
    private static final String RULE = "rule";
    private static final String SPARE = "spare";
    private static final String DEFAULTS = "defaults";
    private static final String BACKEND = "backend";
    private static final String CHECK = "check";
    private static final String DIRECTIVE = "directive";
    private static final String SERVER = "server";
    private static final String COMPLETE = "complete";
    private static final String ADDED = "added";
    private static final String ADDED_BACKEND = "added-backend";

    private final Path path;

    public LoadedConfigStore(Path path) {
        this.path = path;
    }

    /**
     * Records that a worker has loaded the configuration. If the file cannot be written, the next controller must
     * reload.
     */
    public void recordLoaded(RenderedConfig rendered) {
        try {
            new AtomicFile(path).replace(Optional.of(text(rendered)));
        } catch (IOException e) {
            forget(e);
        }
    }

    /** Records the servers and backends that the worker adds. */
    public void recordAdditions(List<RuntimeStep> steps) {
        String lines = steps.stream().map(LoadedConfigStore::addition).collect(Collectors.joining());
        try {
            if (!lines.isEmpty() && Files.exists(path)) {
                Files.writeString(path, lines, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            forget(e);
        }
    }

    private static String addition(RuntimeStep step) {
        return switch (step) {
            case RuntimeStep.AddServer add -> line(ADDED, add.place(), add.server(), traits(add.spec()));
            case RuntimeStep.AddBackend(String place, String defaults) -> line(ADDED_BACKEND, place, defaults);
            default -> "";
        };
    }

    /** The last record; empty if there is none. */
    public Optional<LoadedConfig> read() {
        try {
            return Files.exists(path) ? parse(Files.readAllLines(path, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            log.warn("{} cannot be read: {}", path, ErrorMessages.reasonAt(path, e));
            return Optional.empty();
        }
    }

    private void forget(IOException e) {
        log.warn(
                "{} cannot be written, so a controller that takes over will have to reload: {}",
                path,
                ErrorMessages.reasonAt(path, e));
        try {
            Files.deleteIfExists(path);
        } catch (IOException again) {
            log.warn("{} cannot be removed either: {}", path, again.toString());
        }
    }

    static String text(RenderedConfig rendered) {
        LoadedConfig loaded = rendered.loaded();
        StringBuilder text = new StringBuilder(line(REVISION, loaded.revision()));
        GlobalConfig frame = loaded.frame();
        text.append(line(FRAME, frame.digest(), frame.paths(), depths(frame), frame.tls(), frame.challenges()));
        frame.peers().ifPresent(group -> text.append(line(PEERS, peers(group))));
        frame.tcp().forEach(port -> text.append(line(TCP, port.port(), port.names(), port.wildcards())));
        frame.rules().forEach(rule -> text.append(line(RULE, rule)));
        for (SpareBackend spare : loaded.spares()) {
            BackendDeclaration declaration = spare.declaration();
            declaration.directives().forEach(directive -> text.append(line(DIRECTIVE, directive)));
            text.append(line(spare.defaults() ? DEFAULTS : SPARE, spare.name(), declaration.looksUpCheck()));
        }
        for (BackendSpec backend : loaded.backends()) {
            text.append(line(BACKEND, backend.name()));
            backend.check().ifPresent(check -> text.append(line(CHECK, check)));
            backend.directives().forEach(directive -> text.append(line(DIRECTIVE, directive)));
            for (ServerSpec server : backend.servers()) {
                text.append(line(
                        SERVER,
                        server.name(),
                        server.address().getHostAddress(),
                        server.port(),
                        server.id(),
                        server.weight(),
                        traits(server)));
            }
        }
        return text + COMPLETE + "\n";
    }

    static Optional<LoadedConfig> parse(List<String> lines) {
        ContentParser reading = new ContentParser();
        lines.forEach(reading::line);
        return reading.content();
    }

    private static String line(Object... words) {
        return Stream.of(words).map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
    }

    private static String traits(ServerSpec server) {
        return server.traits().checkInterval() + " " + server.traits().parameters();
    }

    private static String peers(PeerGroup group) {
        return Stream.concat(
                        Stream.of(
                                group.own().getHostAddress(),
                                group.listen().getHostAddress(),
                                Integer.toString(group.port())),
                        group.others().stream().map(InetAddress::getHostAddress))
                .collect(Collectors.joining(" "));
    }

    private static String depths(GlobalConfig frame) {
        return frame.wildcardDepths().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static final class ContentParser {

        private String revision = "";
        private GlobalConfig frame = new GlobalConfig("", List.of(), false);
        private Optional<PeerGroup> peers = Optional.empty();
        private final List<TcpListenerSpec> ports = new ArrayList<>();
        private final List<String> rules = new ArrayList<>();
        private final List<SpareBackend> spares = new ArrayList<>();
        private final List<BackendSpec> backends = new ArrayList<>();
        private final Map<ServerKey, ServerTraits> traits = new HashMap<>();
        private final Map<String, String> added = new HashMap<>();
        private String backend = "";
        private Optional<String> check = Optional.empty();
        private List<String> directives = new ArrayList<>();
        private List<ServerSpec> servers = new ArrayList<>();
        private boolean complete;

        void line(String line) {
            String[] words = line.split(" ", -1);
            String rest = line.substring(words[0].length()).stripLeading();
            switch (words[0]) {
                case REVISION -> revision = rest;
                case FRAME ->
                    frame = new GlobalConfig(
                            words[1],
                            depths(words[3]),
                            Boolean.parseBoolean(words[2]),
                            words.length > 4 && Boolean.parseBoolean(words[4]),
                            words.length > 5 && Boolean.parseBoolean(words[5]),
                            List.of(),
                            List.of(),
                            Optional.empty());
                case PEERS -> peers = Optional.of(peers(words));
                case TCP ->
                    ports.add(new TcpListenerSpec(
                            Integer.parseInt(words[1]),
                            Boolean.parseBoolean(words[2]),
                            Boolean.parseBoolean(words[3])));
                case RULE -> rules.add(rest);
                case SPARE, DEFAULTS -> {
                    spares.add(new SpareBackend(
                            words[1],
                            new BackendDeclaration(directives, Boolean.parseBoolean(words[2])),
                            words[0].equals(DEFAULTS)));
                    directives = new ArrayList<>();
                }
                case BACKEND -> {
                    finishBackend();
                    backend = rest;
                }
                case CHECK -> check = Optional.of(rest);
                case DIRECTIVE -> directives.add(rest);
                case SERVER -> server(words);
                case COMPLETE -> {
                    finishBackend();
                    complete = true;
                }
                case ADDED -> traits.put(new ServerKey(words[1], words[2]), traits(words, 3));
                case ADDED_BACKEND -> added.put(words[1], words[2]);
                default -> throw new IllegalArgumentException("unknown line: " + line);
            }
        }

        Optional<LoadedConfig> content() {
            return complete
                    ? Optional.of(new LoadedConfig(
                            revision, frame.with(ports, rules).with(peers), backends, spares, traits, added))
                    : Optional.empty();
        }

        private void server(String[] words) {
            ServerTraits its = traits(words, 6);
            servers.add(new ServerSpec(
                    words[1],
                    IpLiteral.of(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]),
                    its));
            traits.put(new ServerKey(backend, words[1]), its);
        }

        private static PeerGroup peers(String[] words) {
            return new PeerGroup(
                    IpLiteral.of(words[1]),
                    IpLiteral.of(words[2]),
                    Integer.parseInt(words[3]),
                    Stream.of(words).skip(4).map(IpLiteral::of).toList());
        }

        private static ServerTraits traits(String[] words, int first) {
            return new ServerTraits(
                    Long.parseLong(words[first]),
                    String.join(" ", Arrays.asList(words).subList(first + 1, words.length)));
        }

        private void finishBackend() {
            if (!backend.isEmpty()) {
                backends.add(new BackendSpec(backend, directives, check, servers, List.of()));
                check = Optional.empty();
                directives = new ArrayList<>();
                servers = new ArrayList<>();
            }
        }

        private static List<Integer> depths(String text) {
            return text.isEmpty()
                    ? List.of()
                    : Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
        }
    }
}
