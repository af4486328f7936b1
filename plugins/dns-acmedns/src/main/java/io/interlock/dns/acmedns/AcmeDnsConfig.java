package io.interlock.dns.acmedns;

import io.interlock.api.SecretText;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code plugins.dns-acmedns}.
 *
 * @param server the address of acme-dns' HTTP API
 * @param accounts the accounts, each for the names whose alias leads to it
 */
public record AcmeDnsConfig(URI server, List<Account> accounts) {

    private static final String PUBLIC = "https://auth.acme-dns.io";

    /**
     * Sets defaults for keys that the section omits.
     *
     * @throws IllegalArgumentException if a value is not valid
     */
    public AcmeDnsConfig(@Nullable URI server, @Nullable List<Account> accounts) {
        this.server = server == null ? URI.create(PUBLIC) : server;
        this.accounts = accounts == null ? List.of() : List.copyOf(accounts);
        boolean isHttp = "https".equals(this.server.getScheme()) || "http".equals(this.server.getScheme());
        if (!isHttp || this.server.getHost() == null || this.server.getRawUserInfo() != null) {
            throw new IllegalArgumentException("server is " + this.server + ", expected the address of acme-dns' HTTP"
                    + " API, such as " + PUBLIC);
        }
        Set<String> names = new HashSet<>();
        for (Account account : this.accounts) {
            if (!names.add(account.fulldomain())) {
                throw new IllegalArgumentException("accounts has " + account.fulldomain() + " twice");
            }
        }
    }

    /**
     * Account, as the API's {@code /register} answers.
     *
     * @param fulldomain the name whose record the account changes
     * @param subdomain what the API calls it
     * @param username the user
     * @param password the user's password
     */
    public record Account(String fulldomain, String subdomain, String username, SecretText password) {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
        private static final Pattern WORD = Pattern.compile("[!-~&&[^\"\\\\]]{1,200}");

        /**
         * Checks that nothing is missing.
         *
         * @throws IllegalArgumentException if a value is missing or not valid
         */
        public Account(
                @Nullable String fulldomain,
                @Nullable String subdomain,
                @Nullable String username,
                @Nullable SecretText password) {
            this.fulldomain = checked("fulldomain", fulldomain, NAME)
                    .toLowerCase(Locale.ROOT)
                    .replaceFirst("\\.$", "");
            this.subdomain = checked("subdomain", subdomain, WORD);
            this.username = checked("username", username, WORD);
            if (password == null || !WORD.matcher(password.reveal()).matches()) {
                throw new IllegalArgumentException("accounts has an account whose password is missing or not valid");
            }
            this.password = password;
        }

        private static String checked(String key, @Nullable String value, Pattern pattern) {
            if (value == null || !pattern.matcher(value).matches()) {
                throw new IllegalArgumentException("accounts has an account whose " + key + " is "
                        + (value == null ? "missing" : "not valid")
                        + ", expected what /register of acme-dns answered");
            }
            return value;
        }
    }
}
