package io.interlock.app.config.key;

import static io.interlock.app.config.key.ValueTypes.object;
import static io.interlock.app.config.key.ValueTypes.text;

import io.interlock.app.config.key.ConfigKey.Default;
import java.net.URI;
import java.nio.file.Path;

/** The keys that describe a certificate authority, in an object of the configuration file. */
public record AuthorityKeys(
        ConfigKey<URI> directory,
        ConfigKey<String> email,
        ConfigKey<Path> trusted,
        ConfigKey<ConfigSection> externalAccount,
        ConfigKey<String> profile,
        ConfigKey<String> preferredChain) {

    /** Declares the keys in a group. */
    static AuthorityKeys in(ConfigKeyGroup group, Default directory, String meaning, ConfigKeyGroup externalAccount) {
        return new AuthorityKeys(
                group.key("directory", text(ConfigGrammar.EXPECTED_URL, ConfigGrammar::httpsUrl), directory, meaning),
                group.key(
                        "email",
                        text(ConfigGrammar.EXPECTED_EMAIL, ConfigGrammar::email),
                        Default.NONE,
                        "The contact that the authority gets."),
                group.key(
                        "ca_cert",
                        PathTypes.certificates(),
                        Default.derived("those that Java trusts"),
                        "A PEM file of the certificates to trust when the authority is asked."),
                group.key(
                        "external_account",
                        object(externalAccount),
                        Default.NONE,
                        "Your account at an authority that asks for one (external account binding), see below."),
                group.key(
                        "profile",
                        text(ConfigGrammar.EXPECTED_PROFILE, ConfigGrammar::profile),
                        Default.derived("the authority's usual one"),
                        "The kind of certificate, for example `shortlived` or `tlsserver` at Let's Encrypt."),
                group.key(
                        "preferred_chain",
                        text(ConfigGrammar.EXPECTED_ISSUER, ConfigGrammar::issuer),
                        Default.derived("the authority's usual one"),
                        "The common name of an issuer. Of several chains that the authority offers, the one with a certificate of"
                                + " this issuer is used."));
    }
}
