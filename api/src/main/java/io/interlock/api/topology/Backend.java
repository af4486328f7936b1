package io.interlock.api.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Servers that share requests in turn (nginx: {@code upstream}, Envoy: cluster).
 *
 * @param name unique within a topology; letters, digits, {@code _ -}, at most 512 characters
 * @param servers by name, no name twice; an empty list means that requests are answered with 503
 * @param healthCheck how each server is checked
 * @param options further options, each as in HAProxy's {@code option}, in the order of the request; visible ASCII and
 *     single blanks, no quotes, backslashes or {@code #}, at most 256 characters. A load balancer leaves out an option
 *     that it does not know, and says so in its result
 * @param policies what happens to requests, without those of single servers; at most one of each kind, except for {@link BackendPolicy.AllowedClients}
 *     and {@link BackendPolicy.DeniedClients}, of which all count
 */
public record Backend(
        String name, List<Server> servers, HealthCheck healthCheck, List<String> options, List<BackendPolicy> policies)
        implements Comparable<Backend> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,512}");
    private static final int DIGEST_LENGTH = 8;
    private static final int MAX_OPTION_LENGTH = 256;
    private static final Pattern OPTION = Pattern.compile(
            "[!$%&()*+,./0-9:;<=>?@A-Z\\[\\]^_`a-z{|}~-]+" + "(?: [!$%&()*+,./0-9:;<=>?@A-Z\\[\\]^_`a-z{|}~-]+)*");

    /**
     * Sorts the servers. A {@link BackendPolicy.ServerPolicy} among the policies becomes one of each server that has
     * none of its kind.
     *
     * @throws IllegalArgumentException if the name or an option is invalid, or two servers have the same name
     */
    public Backend {
        requireName(name);
        List<BackendPolicy> asked = policies;
        servers = servers.stream().map(server -> with(asked, server)).sorted().toList();
        Set<String> names = new HashSet<>();
        for (Server server : servers) {
            if (!names.add(server.name())) {
                throw new IllegalArgumentException("two servers of backend " + name + " are named " + server.name());
            }
        }
        options = List.copyOf(options);
        options.forEach(Backend::requireOption);
        policies = policies.stream()
                .filter(policy -> !(policy instanceof BackendPolicy.ServerPolicy))
                .toList();
    }

    /** Creates a backend without policies. */
    public Backend(String name, List<Server> servers, HealthCheck healthCheck, List<String> options) {
        this(name, servers, healthCheck, options, List.of());
    }

    /**
     * Returns the name of the backend of a host name. Dots become underscores ({@code www_example_com}). An underscore
     * of the host name is doubled, and the star of a wildcard is left out ({@code _example_com}), so that no two host
     * names share a backend's name. The names for regular expressions and {@code *} begin with two underscores.
     */
    public static String nameFor(HostName hostName) {
        if (hostName.isAny()) {
            return "__any";
        }
        if (hostName.isExpression()) {
            return "_" + hostName.expression().replaceAll("[^a-z0-9]+", "_") + digest(hostName.value());
        }
        return hostName.value().replace("_", "__").replace("*", "").replace('.', '_');
    }

    private static Server with(List<BackendPolicy> asked, Server server) {
        List<BackendPolicy.ServerPolicy> all = new ArrayList<>(server.policies());
        for (BackendPolicy policy : asked) {
            if (policy instanceof BackendPolicy.ServerPolicy its
                    && all.stream().noneMatch(other -> other.getClass().equals(its.getClass()))) {
                all.add(its);
            }
        }
        return all.size() == server.policies().size() ? server : server.with(all);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException if the text is not a valid option */
    public static String requireOption(String option) {
        if (option.length() > MAX_OPTION_LENGTH || !OPTION.matcher(option).matches()) {
            throw new IllegalArgumentException("not an option: " + QuotedText.quoted(option)
                    + ", expected words of visible ASCII characters without quotes, backslashes or #, at most "
                    + MAX_OPTION_LENGTH + " characters");
        }
        return option;
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a backend name: " + QuotedText.quoted(name));
        }
    }

    @Override
    public int compareTo(Backend other) {
        return name.compareTo(other.name);
    }
}
