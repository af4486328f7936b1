package io.interlock.app.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.json.LocatedJson;
import io.interlock.app.config.json.LocatedJsonParser;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FieldNameResolver;
import io.interlock.util.EditDistance;
import io.interlock.util.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a service's file. Whatever it does not understand is a problem. One instance reads one text. */
final class ServiceFileReader {

    static final int MOST_SERVERS = 100;

    private static final String EXAMPLE = "{\"hostname\": \"db.example.com\", \"servers\": [\"10.0.0.5:8080\"]}";
    private static final String EXPECTED_ADDRESS = "HOST:PORT, with a host name, an IPv4 address or [an IPv6 address]";
    private static final String EXPECTED_WEIGHT = ContainerField.WEIGHT.range().expected();
    private static final String SERVERS = "servers";
    private static final String ROUTES = "routes";
    private static final String ADDRESS = "address";
    private static final String PORT = ContainerField.PORT.key();
    private static final String WEIGHT = ContainerField.WEIGHT.key();
    private static final String BACKUP = ContainerField.BACKUP.key();
    private static final List<String> KEYS_OF_SERVER = List.of(ADDRESS, WEIGHT, BACKUP);
    private static final int MOST_SLIPS = 2;
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_NAME = 253;

    private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](?::([0-9]{1,5}))?");
    private static final Pattern PLAIN = Pattern.compile("([A-Za-z0-9_.-]{1,254})(?::([0-9]{1,5}))?");
    private static final Pattern NAME = Pattern.compile(
            "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*" + "(?![0-9]+$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");

    private final ObjectNode root;
    private final ConfigLocationIndex locations;
    private final ConfigProblemCollector problems;

    private ServiceFileReader(LocatedJson document, ConfigProblemCollector problems) {
        this.root = document.root();
        this.locations = document.locations();
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param name the name of the service
     * @param problems receives what is wrong
     * @return empty if anything is wrong
     */
    static Optional<ServiceFile> read(String name, String text, ConfigProblemCollector problems) {
        String file = name + ServiceFile.END;
        if (text.isBlank()) {
            problems.add(new ConfigLocation.WholeFile(file), "a JSON object such as " + EXAMPLE, "an empty file");
            return Optional.empty();
        }
        return LocatedJsonParser.parse(file, text, problems)
                .map(document -> new ServiceFileReader(document, problems).read(name))
                .filter(any -> problems.isEmpty());
    }

    private ServiceFile read(String name) {
        root.properties().stream()
                .filter(property -> !property.getKey().equals(SERVERS))
                .forEach(property -> check(JsonPaths.ROOT, property, true));
        List<ServiceServer> servers = servers();
        ObjectNode data = root.deepCopy();
        data.remove(List.of(SERVERS, PORT));
        return new ServiceFile(name, data, servers);
    }

    /** Checks the name of a field; its value is that of a container's. */
    private void check(String parent, Map.Entry<String, JsonNode> property, boolean isOfFile) {
        String key = property.getKey();
        String path = JsonPaths.member(parent, key);
        Optional<ContainerField> field = ContainerField.ofKey(key);
        if (isOfFile && key.equals(ROUTES)) {
            checkRoutes(path, property.getValue());
        } else if (field.isEmpty()) {
            boolean isServers = isOfFile && EditDistance.between(key, SERVERS, MOST_SLIPS) <= MOST_SLIPS;
            Optional<String> meant = isServers
                    ? Optional.of(SERVERS)
                    : FieldNameResolver.of(key).field().map(ContainerField::key);
            problems.add(
                    locations.ofKey(path),
                    isOfFile ? "\"servers\" or a field of containers" : "a field of containers",
                    "another key",
                    meant.map(ServiceFileReader::didYouMean));
        } else if (field.get() == ContainerField.NETWORK) {
            problems.add(locations.ofKey(path), "no network, since a service is in none of an engine", "one");
        }
    }

    private static String didYouMean(String key) {
        return "did you mean \"" + key + "\"?";
    }

    /** Whether the routes are what they should be is decided as for a container. */
    private void checkRoutes(String path, JsonNode routes) {
        if (routes.isArray()) {
            for (int i = 0; i < routes.size(); i++) {
                String route = JsonPaths.element(path, i);
                routes.get(i).properties().forEach(property -> check(route, property, false));
            }
        } else {
            routes.properties()
                    .forEach(named -> named.getValue()
                            .properties()
                            .forEach(property -> check(JsonPaths.member(path, named.getKey()), property, false)));
        }
    }

    private List<ServiceServer> servers() {
        String path = JsonPaths.member(JsonPaths.ROOT, SERVERS);
        JsonNode given = root.path(SERVERS);
        if (!given.isArray() || given.isEmpty() || given.size() > MOST_SERVERS) {
            problems.add(
                    locations.of(path),
                    "a list of 1 to " + MOST_SERVERS + " servers, such as [\"10.0.0.5:8080\"]",
                    given.isMissingNode()
                            ? "no \"servers\""
                            : given.isArray() ? "one of " + given.size() : ConfigValueFormatter.kind(given));
            return List.of();
        }
        OptionalInt usualPort = usualPort();
        List<ServiceServer> servers = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            String place = JsonPaths.element(path, i);
            server(place, given.get(i), usualPort).ifPresent(server -> {
                servers.add(server);
                if (!addresses.add(server.address())) {
                    problems.add(locations.of(place), "each server once", server.address() + " again");
                }
            });
        }
        return servers;
    }

    private OptionalInt usualPort() {
        JsonNode given = root.path(PORT);
        boolean isPort = given.isIntegralNumber()
                && given.canConvertToInt()
                && given.intValue() > 0
                && given.intValue() <= HIGHEST_PORT;
        if (!given.isMissingNode() && !isPort) {
            problems.add(
                    locations.of(JsonPaths.member(JsonPaths.ROOT, PORT)),
                    "a port, 1 to " + HIGHEST_PORT + ", of servers without one",
                    ConfigValueFormatter.value(given));
        }
        return isPort ? OptionalInt.of(given.intValue()) : OptionalInt.empty();
    }

    private Optional<ServiceServer> server(String path, JsonNode given, OptionalInt usualPort) {
        if (given.isTextual()) {
            return server(path, given.textValue(), usualPort, OptionalInt.empty(), Optional.empty());
        }
        if (!given.isObject()) {
            problems.add(
                    locations.of(path),
                    EXPECTED_ADDRESS + ", or an object with \"address\"",
                    ConfigValueFormatter.value(given));
            return Optional.empty();
        }
        given.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !KEYS_OF_SERVER.contains(key))
                .forEach(key -> problems.add(
                        locations.ofKey(JsonPaths.member(path, key)),
                        "one of " + String.join(", ", KEYS_OF_SERVER),
                        "another key",
                        KEYS_OF_SERVER.stream()
                                .filter(known -> EditDistance.between(key, known, MOST_SLIPS) <= MOST_SLIPS)
                                .findFirst()
                                .map(ServiceFileReader::didYouMean)));
        OptionalInt weight = weight(path, given.path(WEIGHT));
        Optional<Boolean> backup = backup(path, given.path(BACKUP));
        JsonNode address = given.path(ADDRESS);
        if (!address.isTextual()) {
            problems.add(
                    locations.of(JsonPaths.member(path, ADDRESS)),
                    EXPECTED_ADDRESS,
                    address.isMissingNode() ? "no \"address\"" : ConfigValueFormatter.value(address));
            return Optional.empty();
        }
        return server(JsonPaths.member(path, ADDRESS), address.textValue(), usualPort, weight, backup);
    }

    private OptionalInt weight(String path, JsonNode given) {
        boolean isWeight = given.isIntegralNumber()
                && given.canConvertToInt()
                && ContainerField.WEIGHT.range().contains(given.intValue());
        if (!given.isMissingNode() && !isWeight) {
            problems.add(
                    locations.of(JsonPaths.member(path, WEIGHT)),
                    EXPECTED_WEIGHT.replaceFirst("^expected ", ""),
                    ConfigValueFormatter.value(given));
        }
        return isWeight ? OptionalInt.of(given.intValue()) : OptionalInt.empty();
    }

    private Optional<Boolean> backup(String path, JsonNode given) {
        if (!given.isMissingNode() && !given.isBoolean()) {
            problems.add(
                    locations.of(JsonPaths.member(path, BACKUP)), "true or false", ConfigValueFormatter.value(given));
        }
        return given.isBoolean() ? Optional.of(given.booleanValue()) : Optional.empty();
    }

    private Optional<ServiceServer> server(
            String path, String text, OptionalInt usualPort, OptionalInt weight, Optional<Boolean> backup) {
        Matcher matcher = IPV6.matcher(text);
        boolean isBracketed = matcher.matches();
        if (!isBracketed) {
            matcher = PLAIN.matcher(text);
        }
        Optional<String> host = matcher.matches() ? host(matcher.group(1), isBracketed) : Optional.empty();
        int port =
                host.isPresent() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : usualPort.orElse(0);
        if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
            problems.add(locations.of(path), EXPECTED_ADDRESS, ConfigValueFormatter.text(text), hint(text, host));
            return Optional.empty();
        }
        return Optional.of(new ServiceServer(host.get(), port, weight, backup));
    }

    /** Returns the canonical form of an address, or the name in lower case; empty if it is neither. */
    private static Optional<String> host(String text, boolean isBracketed) {
        Optional<InetAddress> address = IpLiteral.parse(text);
        if (address.isPresent() || isBracketed) {
            return address.filter(ServiceFileReader::isOfOneHost).map(InetAddress::getHostAddress);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return Optional.of(name)
                .filter(it -> it.length() <= LONGEST_NAME && NAME.matcher(it).matches());
    }

    /** A link-local IPv6 address needs an interface, which no proxy is told. */
    static boolean isOfOneHost(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !(address instanceof Inet6Address && address.isLinkLocalAddress())
                && !address.getHostAddress().equals("255.255.255.255");
    }

    private static Optional<String> hint(String text, Optional<String> host) {
        if (text.contains("://")) {
            return Optional.of("without the scheme; \"ssl_backend\" is for servers that speak TLS");
        }
        if (IpLiteral.isIpv6(text)) {
            return Optional.of("an IPv6 address needs brackets: [" + text + "]:8080");
        }
        return host.map(any -> "give a port from 1 to " + HIGHEST_PORT + ", here or in \"port\" of the file");
    }
}
