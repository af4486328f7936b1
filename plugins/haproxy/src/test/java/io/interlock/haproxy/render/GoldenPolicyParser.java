package io.interlock.haproxy.render;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HostName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Parser of policies in golden files: the kind, then the components in order; lists are separated by bars. */
final class GoldenPolicyParser {

    private GoldenPolicyParser() {}

    static BackendPolicy parse(String text) {
        String[] words = text.split(" ", 2);
        String[] values = words.length == 1 ? new String[0] : words[1].split(", ");
        return switch (words[0]) {
            case "https-only" -> new BackendPolicy.HttpsOnly(number(values[0]));
            case "hsts" ->
                new BackendPolicy.StrictTransportSecurity(
                        seconds(values[0]), Boolean.parseBoolean(values[1]), Boolean.parseBoolean(values[2]));
            case "allow" -> new BackendPolicy.AllowedClients(ranges(values[0]));
            case "deny" -> new BackendPolicy.DeniedClients(ranges(values[0]));
            case "rate" -> new BackendPolicy.RateLimit(number(values[0]), seconds(values[1]));
            case "body" -> new BackendPolicy.BodyLimit(Long.parseLong(values[0]));
            case "users" ->
                new BackendPolicy.BasicAuthentication(list(values[0]).stream()
                        .map(user -> user.split(":", 2))
                        .map(user -> new User(user[0], user[1]))
                        .toList());
            case "forward-auth" ->
                new BackendPolicy.ForwardAuthentication(
                        values[0],
                        values[1].equals("-") ? List.of() : list(values[1]),
                        values[2].equals("-") ? List.of() : list(values[2]),
                        Boolean.parseBoolean(values[3]));
            case "maintenance" -> new BackendPolicy.Maintenance(seconds(values[0]));
            case "canonical" -> new BackendPolicy.CanonicalName(new HostName(values[0]), number(values[1]));
            case "stripped" -> new BackendPolicy.StrippedPath(values[0]);
            case "cors" ->
                new BackendPolicy.CrossOrigin(
                        list(values[0]),
                        list(values[1]),
                        values[2].equals("-") ? List.of() : list(values[2]),
                        Boolean.parseBoolean(values[3]),
                        seconds(values[4]));
            case "request-headers" -> new BackendPolicy.RequestHeaders(headers(words[1]));
            case "response-headers" -> new BackendPolicy.ResponseHeaders(headers(words[1]));
            case "request-ids" -> new BackendPolicy.RequestIds();
            case "trace" ->
                new BackendPolicy.TraceContext(BackendPolicy.TraceContext.Origin.valueOf(values[0]), number(values[1]));
            case "upstream-host" ->
                new BackendPolicy.UpstreamHost(new HostName(values[0]), OptionalInt.of(number(values[1])));
            case "upgrades" -> new BackendPolicy.Upgrades(list(values[0]));
            case "compression" -> new BackendPolicy.Compression();
            case "balance" ->
                new BackendPolicy.Balance(BackendPolicy.Balance.Algorithm.valueOf(values[0].toUpperCase(Locale.ROOT)));
            case "sticky" -> new BackendPolicy.Sticky(values[0]);
            case "timeouts" ->
                new BackendPolicy.Timeouts(milliseconds(values[0]), milliseconds(values[1]), milliseconds(values[2]));
            case "limit" -> new BackendPolicy.ConcurrencyLimit(number(values[0]));
            case "thresholds" -> new BackendPolicy.CheckThresholds(number(values[0]), number(values[1]));
            case "slow-start" -> new BackendPolicy.SlowStart(Duration.ofMillis(number(values[0])));
            case "pages" -> new BackendPolicy.ErrorPages(values[0]);
            case "unlogged" -> new BackendPolicy.Unlogged();
            case "retries" ->
                new BackendPolicy.Retries(
                        values[0].equals("-") ? Optional.empty() : Optional.of(number(values[0])),
                        values.length == 1
                                ? List.of()
                                : list(values[1]).stream()
                                        .map(BackendPolicy.Retries.Cause::valueOf)
                                        .toList());
            case "redirects" ->
                new BackendPolicy.Redirects(list(words[1]).stream()
                        .map(redirect -> redirect.split(" "))
                        .map(parts -> new BackendPolicy.Redirects.Redirect(
                                parts[0],
                                Boolean.parseBoolean(parts[1]),
                                parts[2],
                                Boolean.parseBoolean(parts[3]),
                                number(parts[4])))
                        .toList());
            case "http2" -> new BackendPolicy.Http2ToServers();
            case "tls" -> new BackendPolicy.TlsToServers(Boolean.parseBoolean(values[0]));
            case "proxy-protocol" -> new BackendPolicy.ProxyProtocol(number(values[0]));
            default -> throw new IllegalArgumentException("not a policy of a golden file: " + text);
        };
    }

    private static List<AddressRange> ranges(String text) {
        return list(text).stream().map(AddressRange::of).toList();
    }

    private static List<HeaderChange> headers(String text) {
        return list(text).stream()
                .map(header -> header.split(": ?", 2))
                .map(header ->
                        header[1].isEmpty() ? HeaderChange.removal(header[0]) : HeaderChange.set(header[0], header[1]))
                .toList();
    }

    private static List<String> list(String text) {
        return Arrays.asList(text.split("\\|"));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(number(text));
    }

    private static Optional<Duration> milliseconds(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(Duration.ofMillis(number(text)));
    }
}
