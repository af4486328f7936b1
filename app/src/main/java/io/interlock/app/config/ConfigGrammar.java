package io.interlock.app.config;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.topology.AddressRange;
import io.interlock.app.topology.Terms.LabelFilter;
import io.interlock.app.topology.Terms.PortRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grammars of short texts that keys take. */
final class ConfigGrammar {

    static final String EXPECTED_USER = "1 to 64 printable ASCII characters without blanks or colon";
    static final String EXPECTED_PASSWORD = "1 to 256 printable ASCII characters";
    static final String EXPECTED_PORTS = "ports as \"5000-5999\", or one as \"5432\"";
    static final String EXPECTED_LABEL_FILTER = "a label as \"team=web\", or its name alone";
    static final String EXPECTED_URL = "the https:// address of a certificate authority's ACME directory";
    static final String EXPECTED_EMAIL = "an e-mail address";
    static final String EXPECTED_ID = "1 to 64 letters, digits, _ . - beginning with a letter or digit";
    static final String EXPECTED_ENGINE_LABEL = "1 to 256 printable characters";

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Pattern EMAIL =
            Pattern.compile("[!-~&&[^<>()\\[\\]\\\\,;:\"?#%@]]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int LONGEST_LABEL = 256;

    private ConfigGrammar() {}

    static Parsed<String> user(String text) {
        return credentials(text, "any") ? Parsed.good(text) : Parsed.bad(EXPECTED_USER);
    }

    static Parsed<String> password(String text) {
        return credentials("any", text) ? Parsed.good(text) : Parsed.bad(EXPECTED_PASSWORD);
    }

    private static boolean credentials(String user, String password) {
        try {
            new Credentials(user, password);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static Parsed<AddressRange> addressRange(String text) {
        try {
            return Parsed.good(AddressRange.of(text));
        } catch (IllegalArgumentException e) {
            return Parsed.bad("a range of addresses, such as 10.0.0.0/8");
        }
    }

    static Parsed<PortRange> portRange(String text) {
        Matcher matcher = PORTS.matcher(text.strip());
        if (!matcher.matches()) {
            return Parsed.bad(EXPECTED_PORTS);
        }
        int first = Integer.parseInt(matcher.group(1));
        try {
            return Parsed.good(
                    new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException e) {
            return Parsed.bad(EXPECTED_PORTS + ", from 1 to 65535");
        }
    }

    static Parsed<LabelFilter> labelFilter(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        if (name.isEmpty()) {
            return Parsed.bad(EXPECTED_LABEL_FILTER);
        }
        return Parsed.good(new LabelFilter(
                name,
                equals < 0
                        ? Optional.empty()
                        : Optional.of(text.substring(equals + 1).strip())));
    }

    static Parsed<URI> httpsUrl(String text) {
        try {
            URI url = new URI(text);
            boolean good = "https".equals(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
            return good ? Parsed.good(url) : Parsed.bad(EXPECTED_URL);
        } catch (URISyntaxException e) {
            return Parsed.bad(EXPECTED_URL);
        }
    }

    static Parsed<String> email(String text) {
        return EMAIL.matcher(text).matches() ? Parsed.good(text) : Parsed.bad(EXPECTED_EMAIL);
    }

    static Parsed<String> engineId(String text) {
        return ID.matcher(text).matches() ? Parsed.good(text) : Parsed.bad(EXPECTED_ID);
    }

    static Parsed<String> engineLabel(String text) {
        boolean good = !text.isBlank()
                && text.length() <= LONGEST_LABEL
                && text.chars().noneMatch(Character::isISOControl);
        return good ? Parsed.good(text) : Parsed.bad(EXPECTED_ENGINE_LABEL);
    }
}
