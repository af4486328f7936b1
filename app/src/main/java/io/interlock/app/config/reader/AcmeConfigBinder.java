package io.interlock.app.config.reader;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.AuthorityConfig.ExternalAccount;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.config.key.AuthorityKeys;
import io.interlock.app.config.key.ConfigGrammar;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.util.CountText;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the section {@code tls.acme}. */
final class AcmeConfigBinder {

    private static final int MOST_FALLBACKS = 4;

    private final Path dataDir;

    /**
     * @param dataDir the parent of the default folder
     */
    AcmeConfigBinder(Path dataDir) {
        this.dataDir = dataDir;
    }

    AcmeConfig bind(ConfigSection acme) {
        if (!acme.get(ConfigKeys.ACME_TERMS_AGREED).orElse(false)) {
            acme.wrong(
                    ConfigKeys.ACME_TERMS_AGREED,
                    "true, which says that you agree to the terms of service of the certificate authority",
                    acme.has(ConfigKeys.ACME_TERMS_AGREED) ? "false" : "nothing");
        }
        List<AuthorityConfig> authorities = new ArrayList<>();
        authorities.add(
                authority(acme, ConfigKeys.ACME_AUTHORITY).apply(acme.valueOf(ConfigKeys.ACME_AUTHORITY.directory())));
        List<ConfigSection> fallbacks = acme.valueOf(ConfigKeys.ACME_FALLBACKS);
        if (fallbacks.size() > MOST_FALLBACKS) {
            acme.wrong(
                    ConfigKeys.ACME_FALLBACKS,
                    "at most " + MOST_FALLBACKS + " authorities",
                    CountText.of(fallbacks.size(), "authority", "authorities"));
        }
        fallbacks.forEach(fallback -> fallback(fallback, authorities).ifPresent(authorities::add));
        return new AcmeConfig(
                authorities,
                acme.get(ConfigKeys.ACME_DIR).orElseGet(() -> dataDir.resolve("acme")),
                acme.valueOf(ConfigKeys.ACME_KEY_TYPE),
                acme.valueOf(ConfigKeys.ACME_DNS_ENTRIES).stream()
                        .map(AcmeConfigBinder::dns)
                        .flatMap(Optional::stream)
                        .toList(),
                acme.valueOf(ConfigKeys.ACME_RETRY_PAUSE));
    }

    private static Optional<AuthorityConfig> fallback(ConfigSection section, List<AuthorityConfig> others) {
        AuthorityKeys keys = ConfigKeys.FALLBACK_AUTHORITY;
        Optional<URI> directory = section.get(keys.directory());
        if (directory.isEmpty() && !section.has(keys.directory())) {
            section.wrong(keys.directory(), ConfigGrammar.EXPECTED_URL, "nothing");
        }
        Function<URI, AuthorityConfig> authority = authority(section, keys);
        if (others.stream().anyMatch(other -> directory.equals(Optional.of(other.directory())))) {
            section.wrong(keys.directory(), "an authority that is not listed yet", "one that is");
            return Optional.empty();
        }
        return directory.map(authority);
    }

    /** Reads all keys but the address, so that a problem in each is told, whatever is wrong with the address. */
    private static Function<URI, AuthorityConfig> authority(ConfigSection section, AuthorityKeys keys) {
        Optional<String> email = section.get(keys.email());
        Optional<Path> trusted = section.get(keys.trusted());
        Optional<ExternalAccount> account =
                section.get(keys.externalAccount()).flatMap(AcmeConfigBinder::externalAccount);
        Optional<String> profile = section.get(keys.profile());
        Optional<String> chain = section.get(keys.preferredChain());
        return directory -> new AuthorityConfig(directory, email, trusted, account, profile, chain);
    }

    private static Optional<DnsChallengeConfig> dns(ConfigSection entry) {
        if (!entry.has(ConfigKeys.DNS_NAMES)) {
            entry.wrong(ConfigKeys.DNS_NAMES, "a list of names", "nothing");
        }
        if (!entry.has(ConfigKeys.DNS_PROVIDER)) {
            entry.wrong(ConfigKeys.DNS_PROVIDER, ConfigGrammar.EXPECTED_PROVIDER, "nothing");
        }
        Optional<List<HostName>> names = entry.get(ConfigKeys.DNS_NAMES);
        Optional<String> provider = entry.get(ConfigKeys.DNS_PROVIDER);
        List<InetSocketAddress> servers = entry.valueOf(ConfigKeys.DNS_SERVERS);
        Duration timeout = entry.valueOf(ConfigKeys.DNS_TIMEOUT);
        boolean sharesWildcard = entry.valueOf(ConfigKeys.DNS_SHARE_WILDCARD);
        return names.flatMap(
                known -> provider.map(name -> new DnsChallengeConfig(known, name, servers, timeout, sharesWildcard)));
    }

    private static Optional<ExternalAccount> externalAccount(ConfigSection account) {
        if (!account.has(ConfigKeys.EXTERNAL_HMAC_KEY)) {
            account.wrong(ConfigKeys.EXTERNAL_HMAC_KEY, "either hmac_key or hmac_key_file", "neither");
        }
        if (!account.has(ConfigKeys.EXTERNAL_KEY_ID)) {
            account.wrong(ConfigKeys.EXTERNAL_KEY_ID, "the name of the key at the certificate authority", "nothing");
        }
        Optional<String> key = account.get(ConfigKeys.EXTERNAL_HMAC_KEY);
        return account.get(ConfigKeys.EXTERNAL_KEY_ID).flatMap(id -> key.map(hmac -> new ExternalAccount(id, hmac)));
    }
}
