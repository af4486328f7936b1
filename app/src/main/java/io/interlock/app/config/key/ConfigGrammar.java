package io.interlock.app.config.key;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.ContainerPolicy.LabelFilter;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.value.ParsedValue;
import io.interlock.util.IpLiteral;
import io.interlock.util.PathNormalForm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grammars of short texts in values of keys. */
public final class ConfigGrammar {

    static final String EXPECTED_USER = "1 to 64 printable ASCII characters without blanks or colon";
    static final String EXPECTED_PASSWORD = "1 to 256 printable ASCII characters";
    static final String EXPECTED_PORTS = "ports as \"5000-5999\", or one as \"5432\"";
    static final String EXPECTED_LABEL_FILTER = "a label as \"team=web\", or its name alone";
    static final String EXPECTED_NAMES = "a host name, *.DOMAIN for all names below a domain, or * for all names";
    static final String EXPECTED_DIALECT = "the name of a dialect: a to z, 0 to 9 and -";
    static final String EXPECTED_FIELD = "the name of a field that containers may give";
    static final String EXPECTED_PATH = "a path as /api, without a slash at its end";
    public static final String EXPECTED_URL = "the https:// address of a certificate authority's ACME directory";
    static final String EXPECTED_PROFILE = "the name of a profile, such as shortlived";
    static final String EXPECTED_ISSUER = "the common name of an issuer, such as ISRG Root X1";
    public static final String EXPECTED_PROVIDER = "the name of a DNS provider, such as rfc2136";
    static final String EXPECTED_NAME_SERVER = "an IP address, or IP:PORT, or [IPV6]:PORT";
    static final String EXPECTED_KEY_ID = "1 to 256 printable ASCII characters without blanks";
    public static final String EXPECTED_HMAC_KEY = "a key of 32 to 512 bytes in base64url";
    static final String EXPECTED_EMAIL = "an e-mail address";
    static final String EXPECTED_ID = "1 to 64 letters, digits, _ . - beginning with a letter or digit";
    static final String EXPECTED_LOG_PATTERN = "1 to 255 letters, digits, _ . - and *";
    static final String EXPECTED_ENGINE_LABEL = "1 to 256 printable characters";

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Pattern LOG_PATTERN = Pattern.compile("[A-Za-z0-9_.*-]{1,255}");
    private static final Pattern EMAIL =
            Pattern.compile("[!-~&&[^<>()\\[\\]\\\\,;:\"?#%@]]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern DIALECT = Pattern.compile("[a-z][a-z0-9-]{0,50}");
    private static final Pattern FIELD = Pattern.compile("[a-z0-9_]{1,40}");
    private static final Pattern PATH = Pattern.compile("/|(?:/[^\\s/*?#%\\p{Cntrl}]{1,200}){1,50}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern PROFILE = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");
    private static final Pattern ISSUER = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,128}");
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern NAME_SERVER =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::([0-9]{1,5}))?|([0-9.]+):([0-9]{1,5})");
    private static final int DNS_PORT = 53;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern KEY_ID = Pattern.compile("[!-~]{1,256}");
    private static final Pattern HMAC_KEY = Pattern.compile("([A-Za-z0-9_+/-]{43,683})={0,2}");
    private static final int LONGEST_LABEL = 256;

    private ConfigGrammar() {}

    static ParsedValue<String> user(String text) {
        return credentials(text, "any") ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_USER);
    }

    static ParsedValue<String> password(String text) {
        return credentials("any", text) ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_PASSWORD);
    }

    private static boolean credentials(String user, String password) {
        try {
            new Credentials(user, password);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static ParsedValue<AddressRange> addressRange(String text) {
        try {
            return ParsedValue.good(AddressRange.of(text));
        } catch (IllegalArgumentException e) {
            return ParsedValue.bad("a range of addresses, such as 10.0.0.0/8");
        }
    }

    /** An address of one host that is the same wherever it is written. */
    static ParsedValue<InetAddress> ipAddress(String text) {
        return IpLiteral.parse(text.strip())
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .map(ParsedValue::good)
                .orElseGet(() -> ParsedValue.bad("an IP address, such as 192.0.2.7"));
    }

    static ParsedValue<PortRange> portRange(String text) {
        Matcher matcher = PORTS.matcher(text.strip());
        if (!matcher.matches()) {
            return ParsedValue.bad(EXPECTED_PORTS);
        }
        int first = Integer.parseInt(matcher.group(1));
        try {
            return ParsedValue.good(
                    new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException e) {
            return ParsedValue.bad(EXPECTED_PORTS + ", from 1 to 65535");
        }
    }

    static ParsedValue<LabelFilter> labelFilter(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        if (name.isEmpty()) {
            return ParsedValue.bad(EXPECTED_LABEL_FILTER);
        }
        return ParsedValue.good(new LabelFilter(
                name,
                equals < 0
                        ? Optional.empty()
                        : Optional.of(text.substring(equals + 1).strip())));
    }

    static ParsedValue<HostName> names(String text) {
        try {
            HostName name = HostName.of(text);
            return name.isExpression() ? ParsedValue.bad(EXPECTED_NAMES) : ParsedValue.good(name);
        } catch (IllegalArgumentException e) {
            return ParsedValue.bad(EXPECTED_NAMES);
        }
    }

    static ParsedValue<String> field(String text) {
        return FIELD.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_FIELD);
    }

    static ParsedValue<String> dialect(String text) {
        return DIALECT.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_DIALECT);
    }

    static ParsedValue<String> path(String text) {
        try {
            return PATH.matcher(text).matches()
                    ? ParsedValue.good(PathNormalForm.of(text))
                    : ParsedValue.bad(EXPECTED_PATH);
        } catch (IllegalArgumentException e) {
            return ParsedValue.bad(EXPECTED_PATH);
        }
    }

    static ParsedValue<URI> httpsUrl(String text) {
        try {
            URI url = new URI(text);
            boolean good = "https".equals(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
            return good ? ParsedValue.good(url) : ParsedValue.bad(EXPECTED_URL);
        } catch (URISyntaxException e) {
            return ParsedValue.bad(EXPECTED_URL);
        }
    }

    static ParsedValue<String> email(String text) {
        return EMAIL.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_EMAIL);
    }

    static ParsedValue<String> profile(String text) {
        return PROFILE.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_PROFILE);
    }

    static ParsedValue<String> issuer(String text) {
        return ISSUER.matcher(text).matches() && !text.isBlank()
                ? ParsedValue.good(text)
                : ParsedValue.bad(EXPECTED_ISSUER);
    }

    static ParsedValue<String> provider(String text) {
        return PROVIDER.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_PROVIDER);
    }

    static ParsedValue<InetSocketAddress> nameServer(String text) {
        Matcher parts = NAME_SERVER.matcher(text);
        boolean isWithPort = parts.matches();
        String address = isWithPort ? parts.group(1) == null ? parts.group(3) : parts.group(1) : text;
        String port = isWithPort ? parts.group(1) == null ? parts.group(4) : parts.group(2) : null;
        int number = port == null ? DNS_PORT : Integer.parseInt(port);
        return IpLiteral.parse(address)
                .filter(ip -> number > 0 && number <= HIGHEST_PORT)
                .map(ip -> ParsedValue.good(new InetSocketAddress(ip, number)))
                .orElseGet(() -> ParsedValue.bad(EXPECTED_NAME_SERVER));
    }

    static ParsedValue<String> keyId(String text) {
        return KEY_ID.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_KEY_ID);
    }

    /** Accepts the other alphabet of base64 and padding, too: authorities differ. */
    public static ParsedValue<String> hmacKey(String text) {
        Matcher matcher = HMAC_KEY.matcher(text.strip());
        return matcher.matches()
                ? ParsedValue.good(matcher.group(1).replace('+', '-').replace('/', '_'))
                : ParsedValue.bad(EXPECTED_HMAC_KEY);
    }

    static ParsedValue<String> logPattern(String text) {
        return LOG_PATTERN.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_LOG_PATTERN);
    }

    static ParsedValue<String> engineId(String text) {
        return ID.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_ID);
    }

    static ParsedValue<String> engineLabel(String text) {
        boolean good = !text.isBlank()
                && text.length() <= LONGEST_LABEL
                && text.chars().noneMatch(Character::isISOControl);
        return good ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_ENGINE_LABEL);
    }
}
