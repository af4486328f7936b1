package io.interlock.app.config.reader;

import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AcmeConfig.ExternalAccount;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.config.key.ConfigGrammar;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import java.nio.file.Path;
import java.util.Optional;

/** Binds the section {@code tls.acme}. */
final class AcmeConfigBinder {

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
        return new AcmeConfig(
                acme.valueOf(ConfigKeys.ACME_DIRECTORY),
                acme.get(ConfigKeys.ACME_EMAIL),
                acme.get(ConfigKeys.ACME_DIR).orElseGet(() -> dataDir.resolve("acme")),
                acme.get(ConfigKeys.ACME_CA_CERT),
                acme.get(ConfigKeys.ACME_EXTERNAL_ACCOUNT).flatMap(AcmeConfigBinder::externalAccount),
                acme.valueOf(ConfigKeys.ACME_DNS_ENTRIES).stream()
                        .map(AcmeConfigBinder::dns)
                        .flatMap(Optional::stream)
                        .toList(),
                acme.valueOf(ConfigKeys.ACME_RETRY_PAUSE));
    }

    private static Optional<DnsChallengeConfig> dns(ConfigSection entry) {
        if (!entry.has(ConfigKeys.DNS_NAMES)) {
            entry.wrong(ConfigKeys.DNS_NAMES, "a list of names", "nothing");
        }
        if (!entry.has(ConfigKeys.DNS_PROVIDER)) {
            entry.wrong(ConfigKeys.DNS_PROVIDER, ConfigGrammar.EXPECTED_PROVIDER, "nothing");
        }
        return entry.get(ConfigKeys.DNS_NAMES)
                .flatMap(names -> entry.get(ConfigKeys.DNS_PROVIDER)
                        .map(provider -> new DnsChallengeConfig(
                                names,
                                provider,
                                entry.valueOf(ConfigKeys.DNS_SERVERS),
                                entry.valueOf(ConfigKeys.DNS_TIMEOUT),
                                entry.valueOf(ConfigKeys.DNS_SHARE_WILDCARD))));
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
