package io.interlock.app.topology.field;

import io.interlock.util.EditDistance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the field that is probably meant by a name that no field has. */
public final class FieldNameResolver {

    /** Names that are no fields of Interlock, but under which other proxies protect services. */
    private static final Set<String> PROTECTION = Set.of(
            "access",
            "access_control",
            "access_list",
            "access_rules",
            "api_key",
            "apikey",
            "authz",
            "bouncer",
            "captcha",
            "client_auth",
            "client_cert",
            "clientauth",
            "crowdsec",
            "digest_auth",
            "digestauth",
            "firewall",
            "geoblock",
            "geoip",
            "internal",
            "internal_only",
            "ip_strategy",
            "ipstrategy",
            "jwt",
            "keycloak",
            "lan_only",
            "ldap",
            "local_only",
            "login",
            "login_required",
            "max_upload_size",
            "middleware",
            "middlewares",
            "modsecurity",
            "mtls",
            "not_client_ip",
            "not_remote_ip",
            "pass_tls_client_cert",
            "passtlsclientcert",
            "pin",
            "policies",
            "policy",
            "private",
            "protect",
            "protected",
            "protection",
            "restrict",
            "saml",
            "satisfy",
            "secret",
            "security",
            "token",
            "upload_limit",
            "vpn_only",
            "waf");

    /** Beginnings of words, each with the field that a name with such a word is probably about. */
    private static final Map<String, ContainerField> STEMS = Map.ofEntries(
            Map.entry("allow", ContainerField.ALLOW),
            Map.entry("allowlist", ContainerField.ALLOW),
            Map.entry("whitelist", ContainerField.ALLOW),
            Map.entry("cidr", ContainerField.ALLOW),
            Map.entry("permit", ContainerField.ALLOW),
            Map.entry("restrict", ContainerField.ALLOW),
            Map.entry("acl", ContainerField.ALLOW),
            Map.entry("deny", ContainerField.DENY),
            Map.entry("denied", ContainerField.DENY),
            Map.entry("blacklist", ContainerField.DENY),
            Map.entry("denylist", ContainerField.DENY),
            Map.entry("blocklist", ContainerField.DENY),
            Map.entry("block", ContainerField.DENY),
            Map.entry("forbid", ContainerField.DENY),
            Map.entry("authent", ContainerField.BASIC_AUTH),
            Map.entry("authoriz", ContainerField.BASIC_AUTH),
            Map.entry("basicauth", ContainerField.BASIC_AUTH),
            Map.entry("htpasswd", ContainerField.BASIC_AUTH),
            Map.entry("passw", ContainerField.BASIC_AUTH),
            Map.entry("passphrase", ContainerField.BASIC_AUTH),
            Map.entry("credential", ContainerField.BASIC_AUTH),
            Map.entry("throttl", ContainerField.RATE_LIMIT),
            Map.entry("ratelimit", ContainerField.RATE_LIMIT),
            Map.entry("match", ContainerField.MATCH_HEADERS));

    /** Minimum length of a stem that is found anywhere in a name, not only at the beginning of a word. */
    private static final int LONG_STEM = 8;

    private static final int MAX_LENGTH = 40;
    private static final int SLIPS_OF_PROTECTION = 2;
    private static final int LETTERS_PER_SLIP = 3;
    private static final int LETTERS_PER_SLIP_OF_SYNONYM = 6;

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern SEPARATORS = Pattern.compile("[-\\s_]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern FORCED = Pattern.compile("only|forced?|enforced?|required?|redirect(ed)?");
    private static final Pattern REQUESTS = Pattern.compile("rates?|req|requests?");
    private static final Pattern FORWARDED = Pattern.compile("forward(ed)?|request|url|server|proxy|ext(ernal)?");
    private static final Pattern LIMITED = Pattern.compile("limits?|max|per");

    private static final List<Spelled> NAMES = Arrays.stream(ContainerField.values())
            .flatMap(field -> Stream.concat(
                    Stream.of(new Spelled(
                            field.key(),
                            field,
                            Math.max(
                                    field.failsClosed() ? SLIPS_OF_PROTECTION : 1,
                                    field.key().length() / LETTERS_PER_SLIP))),
                    field.synonyms().stream()
                            .map(name -> new Spelled(name, field, name.length() / LETTERS_PER_SLIP_OF_SYNONYM))))
            .toList();

    private static final Comparator<Match> CLOSEST = Comparator.comparingInt(Match::distance)
            .thenComparing(match -> !match.field().failsClosed())
            .thenComparing(Match::field);

    /**
     * A name of a field, or a synonym of it.
     *
     * @param slips the number of letters that may differ; fewer for synonyms, because short words have many neighbours
     */
    private record Spelled(String name, ContainerField field, int slips) {}

    private record Match(ContainerField field, int distance) {}

    private FieldNameResolver() {}

    /**
     * Probable meaning of an unknown name.
     *
     * @param field the field that is probably meant
     * @param failsClosed whether the author of the name may rely on it for protection
     */
    public record Meaning(Optional<ContainerField> field, boolean failsClosed) {

        static final Meaning NONE = new Meaning(Optional.empty(), false);

        static Meaning of(ContainerField field) {
            return new Meaning(Optional.of(field), field.failsClosed());
        }
    }

    /**
     * Returns the meaning of a name that no field has. In a name with dots, the first part that protects counts,
     * otherwise the whole name, with or without the dots.
     *
     * @param written the name in the data, or in a label without {@code interlock.}
     */
    public static Meaning of(String written) {
        String plain = plain(written);
        if (plain.indexOf('.') < 0) {
            return ofPart(plain);
        }
        return Arrays.stream(plain.split("\\.", -1))
                .filter(part -> !part.isEmpty())
                .map(FieldNameResolver::ofPart)
                .filter(Meaning::failsClosed)
                .findFirst()
                .or(() -> Optional.of(ofPart(plain.replace('.', '_'))).filter(Meaning::failsClosed))
                .orElseGet(() -> ofPart(plain));
    }

    private static String plain(String written) {
        String separated = HUMP.matcher(written.strip()).replaceAll("_");
        return SEPARATORS.matcher(separated.toLowerCase(Locale.ROOT)).replaceAll("_");
    }

    private static Meaning ofPart(String part) {
        Optional<ContainerField> exact = ContainerField.ofKey(part).or(() -> ofSynonym(part));
        if (exact.isPresent()) {
            return Meaning.of(exact.get());
        }
        if (PROTECTION.contains(part)) {
            return new Meaning(Optional.empty(), true);
        }
        Optional<ContainerField> near = closest(part);
        Optional<ContainerField> about = ofWords(part, List.of(BETWEEN_WORDS.split(part, -1)));
        // A word of protection counts more than letters shared with a field that protects nothing.
        return near.filter(ContainerField::failsClosed)
                .or(() -> about.filter(ContainerField::failsClosed))
                .or(() -> near)
                .or(() -> about)
                .map(Meaning::of)
                .orElse(Meaning.NONE);
    }

    private static Optional<ContainerField> ofSynonym(String part) {
        return NAMES.stream()
                .filter(spelled -> spelled.name().equals(part))
                .map(Spelled::field)
                .findFirst();
    }

    private static Optional<ContainerField> closest(String part) {
        if (part.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return NAMES.stream()
                .filter(spelled -> Math.abs(spelled.name().length() - part.length()) <= spelled.slips())
                .flatMap(spelled -> {
                    int distance = EditDistance.between(part, spelled.name(), spelled.slips());
                    return distance <= spelled.slips()
                            ? Stream.of(new Match(spelled.field(), distance))
                            : Stream.empty();
                })
                .min(CLOSEST)
                .map(Match::field);
    }

    /**
     * Returns the field that words of the name refer to, for example in {@code ip_whitelist} or
     * {@code redirect_all_to_https}.
     */
    private static Optional<ContainerField> ofWords(String part, List<String> words) {
        if (words.contains("cors") || words.contains("origin") || words.contains("origins")) {
            return Optional.of(ContainerField.CORS_ORIGINS);
        }
        boolean tls = words.contains("https") || words.contains("ssl") || words.contains("tls");
        if (tls && words.stream().anyMatch(word -> word.startsWith("backend") || word.startsWith("upstream"))) {
            return Optional.of(ContainerField.SSL_BACKEND);
        }
        if (tls && hasAny(words, FORCED)) {
            return Optional.of(ContainerField.SSL_ONLY);
        }
        if (words.contains("auth") && hasAny(words, FORWARDED)) {
            return Optional.of(ContainerField.FORWARD_AUTH);
        }
        if (words.contains("auth")) {
            return Optional.of(ContainerField.BASIC_AUTH);
        }
        if (hasAny(words, REQUESTS) && hasAny(words, LIMITED)) {
            return Optional.of(ContainerField.RATE_LIMIT);
        }
        if (words.contains("body")) {
            return Optional.of(ContainerField.MAX_BODY);
        }
        String joined = part.replace("_", "");
        return STEMS.entrySet().stream()
                .filter(stem -> words.stream().anyMatch(word -> word.startsWith(stem.getKey()))
                        || (stem.getKey().length() >= LONG_STEM && joined.contains(stem.getKey())))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst();
    }

    private static boolean hasAny(List<String> words, Pattern pattern) {
        return words.stream().anyMatch(word -> pattern.matcher(word).matches());
    }
}
