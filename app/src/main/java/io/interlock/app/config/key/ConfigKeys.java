package io.interlock.app.config.key;

import static io.interlock.app.config.key.ValueTypes.anyText;
import static io.interlock.app.config.key.ValueTypes.count;
import static io.interlock.app.config.key.ValueTypes.listOf;
import static io.interlock.app.config.key.ValueTypes.milliseconds;
import static io.interlock.app.config.key.ValueTypes.object;
import static io.interlock.app.config.key.ValueTypes.oneOf;
import static io.interlock.app.config.key.ValueTypes.pathOrPem;
import static io.interlock.app.config.key.ValueTypes.port;
import static io.interlock.app.config.key.ValueTypes.positiveNumber;
import static io.interlock.app.config.key.ValueTypes.seconds;
import static io.interlock.app.config.key.ValueTypes.secondsOrNone;
import static io.interlock.app.config.key.ValueTypes.size;
import static io.interlock.app.config.key.ValueTypes.text;
import static io.interlock.app.config.key.ValueTypes.trueOrFalse;
import static io.interlock.app.config.key.ValueTypes.words;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsVersion;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.config.ContainerPolicy.LabelFilter;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.config.TopologyLimits;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.key.ConfigKey.Default;
import io.interlock.app.config.key.WholeNumberType.Unit;
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.config.value.AccessLogTargetParser;
import io.interlock.app.config.value.EngineAddressParser;
import io.interlock.app.config.value.SyslogAddressParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every key of the configuration file, declared once. The reader, docs/configuration.md, docs/controller.schema.json
 * and the tests with wrong values follow from these declarations. Plugins declare the keys of their own sections.
 */
public final class ConfigKeys {

    public static final String EXPECTED_CERTIFICATE = "a readable file with a PEM certificate, or the PEM text itself";
    public static final String EXPECTED_KEY = "a readable file with a PEM private key, or the PEM text itself";

    private static final String EXPECTED_RANGE = "a range of addresses, such as 10.0.0.0/8";

    public static final ConfigKeyGroup ROOT = new ConfigKeyGroup("$");
    public static final ConfigKeyGroup TLS = new ConfigKeyGroup("$.tls");
    static final ConfigKeyGroup LIMITS = new ConfigKeyGroup("$.limits");
    static final ConfigKeyGroup FILTER = new ConfigKeyGroup("$.filter");
    static final ConfigKeyGroup ACME = new ConfigKeyGroup("$.tls.acme");
    static final ConfigKeyGroup ACME_FALLBACK = new ConfigKeyGroup("$.tls.acme.fallbacks[]");
    static final ConfigKeyGroup ACME_DNS = new ConfigKeyGroup("$.tls.acme.dns[]");
    static final ConfigKeyGroup EXTERNAL_ACCOUNT = new ConfigKeyGroup("$.tls.acme.external_account");
    static final ConfigKeyGroup OWNERSHIP_RULE = new ConfigKeyGroup("$.ownership[]");
    public static final ConfigKeyGroup WHO = new ConfigKeyGroup("$.ownership[].who");
    static final ConfigKeyGroup MAY = new ConfigKeyGroup("$.ownership[].may");
    static final ConfigKeyGroup MOST = new ConfigKeyGroup("$.ownership[].may.most");
    static final ConfigKeyGroup LOG_ENTRY = new ConfigKeyGroup("$.access_log[]");
    static final ConfigKeyGroup ENGINE_ENTRY = new ConfigKeyGroup("$.engines[]");
    public static final ConfigKeyGroup ENGINE = new ConfigKeyGroup("$.engines[].engine");

    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int MOST_ALIASES = 1_000;
    private static final int MOST_NAMES = 1_000_000;
    private static final int MOST_EXPRESSIONS = 10_000;
    private static final int MOST_HASHING = 60_000;
    private static final long MOST_CPUS = 100_000;
    private static final long MOST_MEGABYTES = 1L << 40;
    private static final int MOST_OF_AN_OWNER = 1_000_000;
    private static final long MOST_LOG_SIZE = 1 << 20;
    private static final int MOST_LOG_FILES = 100;
    private static final long DAY = 86_400;
    private static final long MOST_OF_AN_HOUR = 3_600;
    private static final long MOST_DAYS = 365;

    public static final ConfigKey<Integer> PORT = ROOT.key("port", port(), Default.number(8_080), "TCP port of HTTP.");
    public static final ConfigKey<Duration> CONNECT_TIMEOUT = ROOT.key(
            "connect_timeout",
            milliseconds(),
            Default.number(5_000),
            "Longest time that connecting to a container takes.");
    public static final ConfigKey<Duration> SERVER_TIMEOUT = ROOT.key(
            "server_timeout", milliseconds(), Default.number(10_000), "Longest time that a container may be silent.");
    public static final ConfigKey<Duration> CLIENT_TIMEOUT = ROOT.key(
            "client_timeout", milliseconds(), Default.number(10_000), "Longest time that a client may be silent.");
    public static final ConfigKey<Integer> MAX_CONN = ROOT.key(
            "max_conn",
            count(MOST_CONNECTIONS, Unit.CONNECTIONS),
            Default.number(2_048),
            "Most client connections at one time.");
    public static final ConfigKey<String> SYSLOG_ADDR = ROOT.key(
            "syslog_addr",
            text(SyslogAddressParser.EXPECTED, SyslogAddressParser::parse),
            Default.NONE,
            "Where requests are logged, for example `/dev/log`. Without it they are not logged.");
    public static final ConfigKey<String> SYSLOAD_ADDR = ROOT.key(
            "sysload_addr",
            text(SyslogAddressParser.EXPECTED, SyslogAddressParser::parse),
            Default.NONE,
            "`syslog_addr` as the documentation of 0.1 spelt it. If both are given, they must agree.");
    public static final ConfigKey<Path> PROXY_CONFIG_PATH = ROOT.key(
            "proxy_config_path",
            PathTypes.anyPath(),
            Default.derived("`proxy.conf` in `data_dir`"),
            "The proxy's configuration file, which Interlock writes. Its folder must exist.");
    public static final ConfigKey<Path> PID_PATH = ROOT.key(
            "pid_path",
            PathTypes.anyPath(),
            Default.derived("`proxy.pid` in `data_dir`"),
            "The proxy's pid file. Its folder must exist.");
    public static final ConfigKey<String> STATS_USER = ROOT.key(
            "stats_user",
            text(ConfigGrammar.EXPECTED_USER, ConfigGrammar::user),
            Default.NONE,
            "Who may see the proxy's statistics page. Needs `stats_password`.");
    public static final ConfigKey<String> STATS_PASSWORD = ROOT.secret(
            "stats_password",
            text(ConfigGrammar.EXPECTED_PASSWORD, ConfigGrammar::password),
            Default.NONE,
            "The password of `stats_user`.");
    public static final ConfigKey<Path> PLUGINS_DIR = ROOT.key(
            "plugins_dir",
            PathTypes.folder(),
            Default.derived("`plugins/` of the distribution"),
            "The folder of plugin jars. Interlock watches it while it runs, see below.");
    public static final ConfigKey<Path> DATA_DIR = ROOT.key(
            "data_dir",
            PathTypes.folder(),
            Default.derived("see below"),
            "The folder of the files of Interlock and its plugins. Interlock makes it.");
    public static final ConfigKey<Duration> UNKNOWN_ENGINE_LIMIT = ROOT.key(
            "unknown_engine_limit",
            seconds(MOST_DAYS * DAY),
            Default.NONE,
            "Longest time after a start for which a proxy that still ran keeps the containers of an engine that does not answer."
                    + " Without it, it keeps them until the engine answers.");
    public static final ConfigKey<List<AddressRange>> TRUSTED_PROXIES = ROOT.key(
            "trusted_proxies",
            listOf(text(EXPECTED_RANGE, ConfigGrammar::addressRange)),
            Default.EMPTY_LIST,
            "Upstream proxies whose forwarding headers are trusted, see below.");
    public static final ConfigKey<Boolean> PROXY_PROTOCOL = ROOT.key(
            "proxy_protocol",
            trueOrFalse(),
            Default.NO,
            "Whether connections of `trusted_proxies` begin with a header of the PROXY protocol.");
    public static final ConfigKey<LogFormat> LOG_FORMAT = ROOT.key(
            "log_format",
            oneOf(words("text", LogFormat.TEXT, "json", LogFormat.JSON)),
            Default.text("text"),
            "Format of the request log: HAProxy's own, or a JSON object for each request, see below.");
    public static final ConfigKey<String> LOG_TO = LOG_ENTRY.key(
            "to",
            anyText(AccessLogTargetParser.EXPECTED),
            Default.derived("must be given"),
            "`\"stdout\"`, `\"live\"` (only for `interlock logs`), `\"metrics\"` (latency histograms), the path of a file, or a syslog server:"
                    + " `udp://HOST:PORT`, `tcp://HOST:PORT` or `tls://HOST:PORT`.");
    public static final ConfigKey<LineFormat> LOG_LINE_FORMAT = LOG_ENTRY.key(
            "format",
            oneOf(words("haproxy", LineFormat.HAPROXY, "combined", LineFormat.COMBINED, "json", LineFormat.JSON)),
            Default.text("haproxy"),
            "HAProxy's own format, the combined format of web servers, or a JSON object for each request.");
    public static final ConfigKey<List<AccessLogField>> LOG_FIELDS = LOG_ENTRY.key(
            "fields",
            listOf(oneOf(logFields())),
            Default.EMPTY_LIST.toldAs("all"),
            "Fields of a JSON line, in this order.");
    public static final ConfigKey<List<String>> LOG_REQUEST_HEADERS = LOG_ENTRY.key(
            "request_headers",
            listOf(text(AccessLogTargetParser.EXPECTED_HEADER, AccessLogTargetParser::header)),
            Default.EMPTY_LIST,
            "Headers of requests that a JSON line has, too, in `request_headers`.");
    public static final ConfigKey<List<String>> LOG_RESPONSE_HEADERS = LOG_ENTRY.key(
            "response_headers",
            listOf(text(AccessLogTargetParser.EXPECTED_HEADER, AccessLogTargetParser::header)),
            Default.EMPTY_LIST,
            "Headers of responses that a JSON line has, too, in `response_headers`.");
    public static final ConfigKey<Boolean> LOG_QUERY = LOG_ENTRY.key(
            "query",
            trueOrFalse(),
            Default.YES,
            "`false`: URIs, and those in `Referer`, are logged without what follows `?`.");
    public static final ConfigKey<Double> LOG_SAMPLE = LOG_ENTRY.key(
            "sample",
            positiveNumber(1),
            Default.number(1.0),
            "The share of requests that is logged, for example `0.1`.");
    public static final ConfigKey<List<String>> LOG_STATUS = LOG_ENTRY.key(
            "status",
            listOf(text(AccessLogTargetParser.EXPECTED_STATUS, AccessLogTargetParser::status)),
            Default.EMPTY_LIST.toldAs("all"),
            "Only requests with these statuses, for example `[\"5xx\", \"404\"]`.");
    public static final ConfigKey<List<String>> LOG_HOSTS = LOG_ENTRY.key(
            "hosts",
            listOf(text(ConfigGrammar.EXPECTED_LOG_PATTERN, ConfigGrammar::logPattern)),
            Default.EMPTY_LIST.toldAs("all"),
            "Only requests for these host names. `*` stands for any characters.");
    public static final ConfigKey<List<String>> LOG_CONTAINERS = LOG_ENTRY.key(
            "containers",
            listOf(text(ConfigGrammar.EXPECTED_LOG_PATTERN, ConfigGrammar::logPattern)),
            Default.EMPTY_LIST.toldAs("all"),
            "Only requests that these containers served. `*` stands for any characters.");
    public static final ConfigKey<Long> LOG_MAX_SIZE = LOG_ENTRY.key(
            "max_size",
            new WholeNumberType<>(0, MOST_LOG_SIZE, Optional.of(Unit.MEGABYTES), number -> number),
            Default.number(100),
            "Size at which a new file is begun. 0: never, for programs that rotate and send SIGUSR1.");
    public static final ConfigKey<Integer> LOG_KEEP = LOG_ENTRY.key(
            "keep",
            new WholeNumberType<>(0, MOST_LOG_FILES, Optional.empty(), Math::toIntExact),
            Default.number(5),
            "How many earlier files are kept, as `FILE.1`, the latest, to `FILE.5`.");
    public static final ConfigKey<Path> LOG_CA = LOG_ENTRY.key(
            "ca_cert",
            PathTypes.certificates(),
            Default.derived("those that Java trusts"),
            "For `tls://`: a PEM file of the authorities to trust for the server's certificate.");
    public static final ConfigKey<List<ConfigSection>> ACCESS_LOG = ROOT.key(
            "access_log",
            listOf(object(LOG_ENTRY)),
            Default.EMPTY_LIST.toldAs("none"),
            "Where Interlock writes a line for each request, see [Request log](#request-log).");
    public static final ConfigKey<Path> ERROR_PAGES_DIR = ROOT.key(
            "error_pages_dir",
            PathTypes.existingFolder(),
            Default.NONE,
            "A folder of error pages, which must exist, see below.");
    public static final ConfigKey<Path> SERVICES_DIR = ROOT.key(
            "services_dir",
            PathTypes.folder(),
            Default.NONE,
            "A folder of files of services that run outside of containers, see [services](services.md). Interlock watches it"
                    + " while it runs.");
    public static final ConfigKey<List<InetSocketAddress>> SERVICES_RESOLVERS = ROOT.key(
            "services_resolvers",
            listOf(text(ConfigGrammar.EXPECTED_NAME_SERVER, ConfigGrammar::nameServer)),
            Default.EMPTY_LIST.toldAs("those of this machine"),
            "Name servers that are asked for host names in `services_dir`, in place of those of this machine.");
    public static final ConfigKey<PortRange> TCP_PORTS = ROOT.key(
            "tcp_ports",
            text(ConfigGrammar.EXPECTED_PORTS, ConfigGrammar::portRange),
            Default.NONE,
            "Ports at which containers may be served by TCP, none of which Interlock or a plugin listens at. Without"
                    + " it no container can open a port.");
    public static final ConfigKey<Boolean> DEFAULT = ROOT.key(
            "default",
            oneOf(words("on", true, "off", false)),
            Default.text("on"),
            "`\"off\"`: only containers with `INTERLOCK_DATA` or a label `interlock.…` are served.");

    /** The dialect of Interlock's own fields. */
    public static final String OWN_DIALECT = "interlock";

    public static final ConfigKey<List<String>> DIALECTS = ROOT.key(
            "dialects",
            listOf(text(ConfigGrammar.EXPECTED_DIALECT, ConfigGrammar::dialect)),
            Default.derived("`[\"interlock\"]`"),
            "Whose labels are read, for example `[\"interlock\", \"traefik\"]`, see [migrating](migrating.md). `interlock` must"
                    + " be there: its fields always count. Of the others, the first that gives a field decides.");

    public static final ConfigKey<LabelFilter> FILTER_LABEL = FILTER.key(
            "label",
            text(ConfigGrammar.EXPECTED_LABEL_FILTER, ConfigGrammar::labelFilter),
            Default.NONE,
            "Only containers with this label. Without `=` the label may have any value.");
    public static final ConfigKey<String> FILTER_NAME = FILTER.key(
            "name",
            anyText("what names begin with"),
            Default.NONE,
            "Only containers whose name begins with this text.");
    public static final ConfigKey<List<String>> FILTER_ENGINE_LABELS = FILTER.key(
            "engine_labels",
            listOf(anyText("a text")),
            Default.EMPTY_LIST,
            "Only containers of engines whose `labels` have all of these.");
    public static final ConfigKey<ConfigSection> FILTER_OBJECT =
            ROOT.key("filter", object(FILTER), Default.NONE, "Which containers are considered, see below.");

    public static final ConfigKey<Integer> LIMITS_NAMES_PER_CONTAINER = LIMITS.key(
            "names_per_container",
            count(MOST_ALIASES, Unit.NAMES),
            Default.number(TopologyLimits.DEFAULT.namesPerContainer()),
            "Most names in `alias_domains` of a container and its routes.");
    public static final ConfigKey<Integer> LIMITS_NAMES_PER_ENGINE = LIMITS.key(
            "names_per_engine",
            count(MOST_NAMES, Unit.NAMES),
            Default.number(TopologyLimits.DEFAULT.namesPerEngine()),
            "Most host names of all containers of one engine.");
    public static final ConfigKey<Integer> LIMITS_EXPRESSIONS = LIMITS.key(
            "expressions",
            count(MOST_EXPRESSIONS, Unit.EXPRESSIONS),
            Default.number(TopologyLimits.DEFAULT.expressions()),
            "Most regular expressions for host names of all containers.");
    public static final ConfigKey<Integer> LIMITS_PASSWORD_HASHING = LIMITS.key(
            "password_hashing",
            count(MOST_HASHING, Unit.MILLISECONDS),
            Default.number(TopologyLimits.DEFAULT.passwordHashing()),
            "Longest time that a usual processor may take to hash a password for each user of all containers, half of it"
                    + " for one container. The proxy takes it twice for each reload.");
    public static final ConfigKey<ConfigSection> LIMITS_OBJECT = ROOT.key(
            "limits",
            object(LIMITS),
            Default.derived("all defaults"),
            "What containers may ask for together, see below.");
    public static final ConfigKey<Duration> NAME_HOLD = ROOT.key(
            "name_hold",
            secondsOrNone(DAY),
            Default.number(60),
            "How long a name stays with its owner after the last container, see [ownership](ownership.md).");
    public static final ConfigKey<ImageLabelMode> IMAGE_LABELS = ROOT.key(
            "image_labels",
            oneOf(words("all", ImageLabelMode.ALL, "safe", ImageLabelMode.SAFE, "none", ImageLabelMode.NONE)),
            Default.text("all"),
            "Which labels count that an image brings. `\"safe\"`: those that ask for no requests, see"
                    + " [ownership](ownership.md#images).");
    public static final ConfigKey<String> RULE_OWNER = OWNERSHIP_RULE.key(
            "owner",
            text(ConfigGrammar.EXPECTED_ID, ConfigGrammar::engineId),
            Default.derived("must be given"),
            "The owner. Several rules may have the same.");
    public static final ConfigKey<LabelFilter> WHO_LABEL = WHO.key(
            "label",
            text(ConfigGrammar.EXPECTED_LABEL_FILTER, ConfigGrammar::labelFilter),
            Default.NONE,
            "A label that only the platform sets. Without `=` it may have any value.");
    public static final ConfigKey<String> WHO_PROJECT = WHO.key(
            "project",
            text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel),
            Default.NONE,
            "The compose project.");
    public static final ConfigKey<String> WHO_STACK = WHO.key(
            "stack",
            text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel),
            Default.NONE,
            "The stack of a swarm.");
    public static final ConfigKey<String> WHO_ENGINE = WHO.key(
            "engine",
            text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel),
            Default.NONE,
            "The `id` of the engine.");
    public static final ConfigKey<String> WHO_NETWORK = WHO.key(
            "network",
            text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel),
            Default.NONE,
            "A network that the container is in.");
    public static final ConfigKey<String> WHO_IMAGE = WHO.key(
            "image",
            text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel),
            Default.NONE,
            "The image, as it was named at the start.");
    public static final ConfigKey<ConfigSection> RULE_WHO = OWNERSHIP_RULE.key(
            "who",
            object(WHO),
            Default.derived("must be given"),
            "Selects containers, which must match all that is given. `*` stands for any characters.");
    public static final ConfigKey<List<HostName>> MAY_NAMES = MAY.key(
            "names",
            listOf(text(ConfigGrammar.EXPECTED_NAMES, ConfigGrammar::names)),
            Default.EMPTY_LIST,
            "Host names.");
    public static final ConfigKey<Boolean> MAY_EXPRESSIONS = MAY.key(
            "expressions",
            trueOrFalse(),
            Default.NO,
            "Whether regular expressions are allowed, if all that they match is below one of the `names`.");
    public static final ConfigKey<List<String>> MAY_PATHS = MAY.key(
            "paths",
            listOf(text(ConfigGrammar.EXPECTED_PATH, ConfigGrammar::path)),
            Default.derived("all"),
            "Paths, with everything below them.");
    public static final ConfigKey<PortRange> MAY_PORTS = MAY.key(
            "ports",
            text(ConfigGrammar.EXPECTED_PORTS, ConfigGrammar::portRange),
            Default.NONE,
            "Ports for TCP, within `tcp_ports`.");
    public static final ConfigKey<Boolean> MAY_DEFAULT = MAY.key(
            "default", trueOrFalse(), Default.NO, "Whether a container may get the requests for all other names.");
    public static final ConfigKey<List<String>> MAY_FIELDS = MAY.key(
            "fields",
            listOf(text(ConfigGrammar.EXPECTED_FIELD, ConfigGrammar::field)),
            Default.derived("all"),
            "The only fields that are allowed.");
    public static final ConfigKey<List<String>> MAY_WITHOUT = MAY.key(
            "without",
            listOf(text(ConfigGrammar.EXPECTED_FIELD, ConfigGrammar::field)),
            Default.EMPTY_LIST,
            "Fields that are not allowed.");
    public static final ConfigKey<Integer> OWNER_NAMES =
            MOST.key("names", count(MOST_OF_AN_OWNER), Default.NONE, "Different host names.");
    public static final ConfigKey<Integer> OWNER_CONTAINERS =
            MOST.key("containers", count(MOST_OF_AN_OWNER), Default.NONE, "Containers that are served.");
    public static final ConfigKey<Integer> OWNER_HASH_COST = MOST.key(
            "hash_cost",
            count(MOST_OF_AN_OWNER, Unit.MILLISECONDS),
            Default.NONE,
            "The time that a usual processor takes to hash a password for each user of `basic_auth` once.");
    public static final ConfigKey<Integer> OWNER_EXPRESSIONS =
            MOST.key("expressions", count(MOST_OF_AN_OWNER), Default.NONE, "Host names that are regular expressions.");
    public static final ConfigKey<ConfigSection> MAY_MOST =
            MAY.key("most", object(MOST), Default.NONE, "Limits for all containers of the owner, the oldest first.");
    public static final ConfigKey<ConfigSection> RULE_MAY =
            OWNERSHIP_RULE.key("may", object(MAY), Default.derived("nothing"), "What these containers may ask for.");
    public static final ConfigKey<List<ConfigSection>> OWNERSHIP = ROOT.key(
            "ownership",
            listOf(object(OWNERSHIP_RULE)),
            Default.EMPTY_LIST,
            "Which containers and names belong to whom, see [ownership](ownership.md). With rules, nothing else is"
                    + " served.");

    public static final ConfigKey<Integer> TLS_PORT =
            TLS.key("port", port(), Default.number(8_443), "TCP port of HTTPS, another one than that of HTTP.");
    public static final ConfigKey<Integer> TLS_PUBLIC_PORT = TLS.key(
            "public_port",
            port(),
            Default.number(443),
            "The port by which clients reach HTTPS, for redirects and `Alt-Svc`.");
    public static final ConfigKey<Path> TLS_CERTIFICATES_DIR = TLS.key(
            "certificates_dir",
            PathTypes.folder(),
            Default.derived("`certificates` in `data_dir`"),
            "The folder of certificates. Interlock makes it.");
    public static final ConfigKey<TlsVersion> TLS_MIN_VERSION = TLS.key(
            "min_version",
            oneOf(words("1.2", TlsVersion.TLS_1_2, "1.3", TlsVersion.TLS_1_3)),
            Default.text("1.2"),
            "The oldest version of TLS.");
    public static final ConfigKey<Path> TLS_CLIENT_CA = TLS.key(
            "client_ca",
            PathTypes.certificates(),
            Default.NONE,
            "A PEM file of the authorities that issue clients' certificates.");
    public static final ConfigKey<Boolean> TLS_CLIENT_AUTH = TLS.key(
            "client_auth",
            oneOf(words("required", true, "optional", false)),
            Default.text("required"),
            "Whether clients must have a certificate. Needs `client_ca`.");
    public static final ConfigKey<PlainHttp> TLS_PLAIN_HTTP = TLS.key(
            "plain_http",
            oneOf(words("serve", PlainHttp.SERVED, "redirect", PlainHttp.REDIRECTED, "refuse", PlainHttp.REFUSED)),
            Default.text("serve"),
            "What happens to requests without TLS: served, redirected to https, or refused with status 403.");
    public static final ConfigKey<Boolean> TLS_HTTP3 =
            TLS.key("http3", trueOrFalse(), Default.NO, "Whether HTTP/3 is served at the same port of UDP.");

    public static final ConfigKey<Boolean> ACME_TERMS_AGREED = ACME.key(
            "terms_agreed",
            trueOrFalse(),
            Default.derived("must be given"),
            "Must be `true`: you agree to the authority's terms of service.");
    public static final AuthorityKeys ACME_AUTHORITY = AuthorityKeys.in(
            ACME,
            Default.text("https://acme-v02.api.letsencrypt.org/directory"),
            "The default is Let's Encrypt's.",
            EXTERNAL_ACCOUNT);
    public static final AuthorityKeys FALLBACK_AUTHORITY =
            AuthorityKeys.in(ACME_FALLBACK, Default.derived("must be given"), "Another authority's.", EXTERNAL_ACCOUNT);
    public static final ConfigKey<List<ConfigSection>> ACME_FALLBACKS = ACME.key(
            "fallbacks",
            listOf(object(ACME_FALLBACK)),
            Default.EMPTY_LIST.toldAs("none"),
            "Other authorities, at most 4, in the order in which they are tried while the first one does not issue, see below.");
    public static final ConfigKey<CertificateKeyType> ACME_KEY_TYPE = ACME.key(
            "key_type",
            oneOf(keyTypes()),
            Default.text("p256"),
            "The type of the keys of certificates. A change takes effect when a certificate is renewed.");
    public static final ConfigKey<Path> ACME_DIR = ACME.key(
            "dir",
            PathTypes.folder(),
            Default.derived("`acme` in `data_dir`"),
            "The folder of account, keys and issued certificates. Several Interlocks may share one.");
    public static final ConfigKey<Duration> ACME_RETRY_PAUSE = ACME.key(
            "retry_pause",
            seconds(DAY),
            Default.number(60),
            "The first pause after a failure. Each further one is twice as long, up to six hours.");
    public static final ConfigKey<String> EXTERNAL_KEY_ID = EXTERNAL_ACCOUNT.key(
            "key_id",
            text(ConfigGrammar.EXPECTED_KEY_ID, ConfigGrammar::keyId),
            Default.derived("must be given"),
            "What the authority calls the key.");
    public static final ConfigKey<String> EXTERNAL_HMAC_KEY = EXTERNAL_ACCOUNT.secret(
            "hmac_key",
            text(ConfigGrammar.EXPECTED_HMAC_KEY, ConfigGrammar::hmacKey),
            Default.derived("this or `hmac_key_file` must be given"),
            "The key, in base64url, as the authority gives it.");
    public static final ConfigKey<List<HostName>> DNS_NAMES = ACME_DNS.key(
            "names",
            listOf(text(ConfigGrammar.EXPECTED_NAMES, ConfigGrammar::names)),
            Default.derived("must be given"),
            "The names whose certificates are ordered by way of the DNS. `*.example.com` stands for the wildcard and for all names"
                    + " below `example.com`.");
    public static final ConfigKey<String> DNS_PROVIDER = ACME_DNS.key(
            "provider",
            text(ConfigGrammar.EXPECTED_PROVIDER, ConfigGrammar::provider),
            Default.derived("must be given"),
            "The DNS provider that changes the records: `rfc2136`, `exec`, `acmedns`, or that of another plugin. Its own keys are"
                    + " in the section of its plugin, see [DNS providers](dns.md).");
    public static final ConfigKey<Boolean> DNS_SHARE_WILDCARD = ACME_DNS.key(
            "share_wildcard",
            trueOrFalse(),
            Default.NO,
            "Whether the certificate of a wildcard in `names` serves the names that it covers, in place of one for each.");
    public static final ConfigKey<Duration> DNS_TIMEOUT = ACME_DNS.key(
            "timeout",
            seconds(MOST_OF_AN_HOUR),
            Default.number(120),
            "The longest time until a record is visible. Then the attempt ends, and the next one goes on.");
    public static final ConfigKey<List<InetSocketAddress>> DNS_SERVERS = ACME_DNS.key(
            "servers",
            listOf(text(ConfigGrammar.EXPECTED_NAME_SERVER, ConfigGrammar::nameServer)),
            Default.EMPTY_LIST.toldAs("those of this machine, and the zone's own"),
            "Name servers that are asked for the zone, for aliases and for the record, in place of those of this machine and of the"
                    + " zone.");
    public static final ConfigKey<List<ConfigSection>> ACME_DNS_ENTRIES = ACME.key(
            "dns",
            listOf(object(ACME_DNS)),
            Default.EMPTY_LIST.toldAs("none"),
            "Which names get their certificates by way of the DNS, see below. The first entry that names a name applies.");
    public static final ConfigKey<ConfigSection> TLS_ACME = TLS.key(
            "acme",
            object(ACME),
            Default.NONE,
            "Certificates come from a certificate authority if this section is there, see below.");
    public static final ConfigKey<ConfigSection> TLS_OBJECT = ROOT.key(
            "tls",
            object(TLS),
            Default.NONE,
            "HTTPS is served if this section is there, even an empty one, see below.");

    public static final ConfigKey<String> ENGINE_ID = ENGINE.key(
            "id",
            text(ConfigGrammar.EXPECTED_ID, ConfigGrammar::engineId),
            Default.text("local"),
            "A name that no other engine has.");
    public static final ConfigKey<String> ENGINE_ADDR = ENGINE.key(
            "addr",
            anyText(EngineAddressParser.EXPECTED),
            Default.text(EngineAddressParser.LOCAL.toString()),
            "Where the engine listens, see below.");
    public static final ConfigKey<Double> ENGINE_CPUS =
            ENGINE.key("cpus", positiveNumber(MOST_CPUS), Default.number(1.0), "For status and statistics.");
    public static final ConfigKey<Long> ENGINE_MEMORY = ENGINE.key(
            "memory", size(MOST_MEGABYTES, Unit.MEGABYTES), Default.number(1_024), "For status and statistics.");
    public static final ConfigKey<List<String>> ENGINE_LABELS = ENGINE.key(
            "labels",
            listOf(text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel)),
            Default.EMPTY_LIST,
            "For `filter`, status and statistics.");
    public static final ConfigKey<Mode> ENGINE_MODE = ENGINE.key(
            "mode",
            oneOf(words("containers", Mode.CONTAINERS, "swarm", Mode.SWARM, "auto", Mode.AUTO)),
            Default.text("auto"),
            "Whose containers are served, see [Swarm](#swarm).");
    public static final ConfigKey<List<String>> ENGINE_MANAGERS = ENGINE.key(
            "managers",
            listOf(anyText("a text")),
            Default.EMPTY_LIST,
            "Where other managers of the same swarm listen, as `addr`. Needs `\"mode\": \"swarm\"`.");
    public static final ConfigKey<List<AddressRange>> ENGINE_ROUTED_NETWORKS = ENGINE.key(
            "routed_networks",
            listOf(text(EXPECTED_RANGE, ConfigGrammar::addressRange)),
            Default.EMPTY_LIST,
            "Containers with an address in these ranges are reached at it, see [docs/networks.md](networks.md).");
    public static final ConfigKey<InetAddress> ENGINE_PUBLISHED_ADDRESS = ENGINE.key(
            "published_address",
            text("an IP address, such as 192.0.2.7", ConfigGrammar::ipAddress),
            Default.NONE,
            "The address at which the engine's published ports are reached, instead of the one that Interlock finds.");

    public static final ConfigKey<ConfigSection> ENTRY_ENGINE =
            ENGINE_ENTRY.key("engine", object(ENGINE), Default.derived("all defaults"), "The engine itself.");
    public static final ConfigKey<String> ENTRY_SSL_CERT = ENGINE_ENTRY.key(
            "ssl_cert",
            pathOrPem(EXPECTED_CERTIFICATE),
            Default.NONE,
            "The certificate that Interlock shows the engine, with its chain.");
    public static final ConfigKey<String> ENTRY_SSL_KEY = ENGINE_ENTRY.secret(
            "ssl_key",
            pathOrPem(EXPECTED_KEY),
            Default.NONE,
            "Its private key: PKCS#8, PKCS#1 or SEC 1, not encrypted.");
    public static final ConfigKey<String> ENTRY_CA_CERT = ENGINE_ENTRY.key(
            "ca_cert",
            pathOrPem(EXPECTED_CERTIFICATE),
            Default.derived("those that Java trusts"),
            "The certificates to trust for the engine's own.");
    public static final ConfigKey<List<ConfigSection>> ENGINES = ROOT.key(
            "engines",
            listOf(object(ENGINE_ENTRY)),
            Default.EMPTY_LIST.toldAs("one, see below"),
            "The Docker engines to watch.");
    public static final ConfigKey<Map<String, ObjectNode>> PLUGINS = ROOT.key(
            "plugins",
            new PluginSectionsType(),
            Default.EMPTY_OBJECT,
            "An object for each plugin, by the plugin's id. Its keys are described with the plugin ([HAProxy](haproxy.md),"
                    + " [statistics](statistics.md)). `\"enabled\": false` keeps any plugin off.");

    /** Keys whose changes take effect at the next start. */
    public static final List<ConfigKey<?>> START_ONLY =
            List.of(DATA_DIR, PLUGINS_DIR, PROXY_CONFIG_PATH, PID_PATH, UNKNOWN_ENGINE_LIMIT, DIALECTS);

    private ConfigKeys() {}

    private static Map<String, CertificateKeyType> keyTypes() {
        Map<String, CertificateKeyType> types = new LinkedHashMap<>();
        for (CertificateKeyType type : CertificateKeyType.values()) {
            types.put(type.name().toLowerCase(Locale.ROOT), type);
        }
        return types;
    }

    private static Map<String, AccessLogField> logFields() {
        Map<String, AccessLogField> fields = new LinkedHashMap<>();
        for (AccessLogField field : AccessLogField.values()) {
            fields.put(field.key(), field);
        }
        return fields;
    }

    /** Returns all sections, the root first. */
    public static List<ConfigKeyGroup> sections() {
        return List.of(
                ROOT,
                TLS,
                FILTER,
                LIMITS,
                LOG_ENTRY,
                ACME,
                ACME_FALLBACK,
                ACME_DNS,
                EXTERNAL_ACCOUNT,
                ENGINE_ENTRY,
                ENGINE,
                OWNERSHIP_RULE,
                WHO,
                MAY,
                MOST);
    }
}
