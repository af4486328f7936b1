package io.interlock.app.config;

import static io.interlock.app.config.ValueTypes.anyText;
import static io.interlock.app.config.ValueTypes.count;
import static io.interlock.app.config.ValueTypes.listOf;
import static io.interlock.app.config.ValueTypes.milliseconds;
import static io.interlock.app.config.ValueTypes.object;
import static io.interlock.app.config.ValueTypes.oneOf;
import static io.interlock.app.config.ValueTypes.pathOrPem;
import static io.interlock.app.config.ValueTypes.port;
import static io.interlock.app.config.ValueTypes.positiveNumber;
import static io.interlock.app.config.ValueTypes.seconds;
import static io.interlock.app.config.ValueTypes.size;
import static io.interlock.app.config.ValueTypes.text;
import static io.interlock.app.config.ValueTypes.trueOrFalse;
import static io.interlock.app.config.ValueTypes.words;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.TlsVersion;
import io.interlock.app.config.ConfigKey.Default;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.config.WholeNumberType.Unit;
import io.interlock.app.topology.Terms.LabelFilter;
import io.interlock.app.topology.Terms.PortRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Every key of the configuration file, declared once. The reader, docs/configuration.md, docs/controller.schema.json and
 * the tests with wrong values come from here. Sections of plugins are declared by the plugins.
 */
final class ConfigKeys {

    static final String EXPECTED_CERTIFICATE = "a readable file with a PEM certificate, or the PEM text itself";
    static final String EXPECTED_KEY = "a readable file with a PEM private key, or the PEM text itself";

    static final ConfigSection ROOT = new ConfigSection("$");
    static final ConfigSection TLS = new ConfigSection("$.tls");
    static final ConfigSection FILTER = new ConfigSection("$.filter");
    static final ConfigSection ACME = new ConfigSection("$.tls.acme");
    static final ConfigSection ENGINE_ENTRY = new ConfigSection("$.engines[]");
    static final ConfigSection ENGINE = new ConfigSection("$.engines[].engine");

    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final long MOST_CPUS = 100_000;
    private static final long MOST_MEGABYTES = 1L << 40;
    private static final long DAY = 86_400;

    static final ConfigKey<Integer> PORT = ROOT.key("port", port(), Default.number(8_080), "TCP port of HTTP.");
    static final ConfigKey<Duration> CONNECT_TIMEOUT = ROOT.key(
            "connect_timeout",
            milliseconds(),
            Default.number(5_000),
            "Longest time that connecting to a container takes.");
    static final ConfigKey<Duration> SERVER_TIMEOUT = ROOT.key(
            "server_timeout", milliseconds(), Default.number(10_000), "Longest time that a container may be silent.");
    static final ConfigKey<Duration> CLIENT_TIMEOUT = ROOT.key(
            "client_timeout", milliseconds(), Default.number(10_000), "Longest time that a client may be silent.");
    static final ConfigKey<Integer> MAX_CONN = ROOT.key(
            "max_conn",
            count(MOST_CONNECTIONS, Unit.CONNECTIONS),
            Default.number(2_048),
            "Most client connections at one time.");
    static final ConfigKey<String> SYSLOG_ADDR = ROOT.key(
            "syslog_addr",
            text(SyslogAddress.EXPECTED, SyslogAddress::parse),
            Default.NONE,
            "Where requests are logged, for example `/dev/log`. Without it they are not logged.");
    static final ConfigKey<String> SYSLOAD_ADDR = ROOT.key(
            "sysload_addr",
            text(SyslogAddress.EXPECTED, SyslogAddress::parse),
            Default.NONE,
            "`syslog_addr` as the documentation of 0.1 spelt it. If both are given, they must agree.");
    static final ConfigKey<Path> PROXY_CONFIG_PATH = ROOT.key(
            "proxy_config_path",
            ConfigFiles.anyPath(),
            Default.derived("`proxy.conf` in `data_dir`"),
            "The proxy's configuration file, which Interlock writes. Its folder must exist.");
    static final ConfigKey<Path> PID_PATH = ROOT.key(
            "pid_path",
            ConfigFiles.anyPath(),
            Default.derived("`proxy.pid` in `data_dir`"),
            "The proxy's pid file. Its folder must exist.");
    static final ConfigKey<String> STATS_USER = ROOT.key(
            "stats_user",
            text(ConfigGrammar.EXPECTED_USER, ConfigGrammar::user),
            Default.NONE,
            "Who may see the proxy's statistics page. Needs `stats_password`.");
    static final ConfigKey<String> STATS_PASSWORD = ROOT.secret(
            "stats_password",
            text(ConfigGrammar.EXPECTED_PASSWORD, ConfigGrammar::password),
            Default.NONE,
            "The password of `stats_user`.");
    static final ConfigKey<Path> PLUGINS_DIR = ROOT.key(
            "plugins_dir",
            ConfigFiles.folder(),
            Default.derived("`plugins/` of the distribution"),
            "The folder of plugin jars. Interlock watches it while it runs, see below.");
    static final ConfigKey<Path> DATA_DIR = ROOT.key(
            "data_dir",
            ConfigFiles.folder(),
            Default.derived("see below"),
            "The folder of the files of Interlock and its plugins. Interlock makes it.");
    static final ConfigKey<List<AddressRange>> TRUSTED_PROXIES = ROOT.key(
            "trusted_proxies",
            listOf(text("a range of addresses, such as 10.0.0.0/8", ConfigGrammar::addressRange)),
            Default.EMPTY_LIST,
            "Upstream proxies whose forwarding headers are trusted, see below.");
    static final ConfigKey<Boolean> PROXY_PROTOCOL = ROOT.key(
            "proxy_protocol",
            trueOrFalse(),
            Default.NO,
            "Whether connections of `trusted_proxies` begin with a header of the PROXY protocol.");
    static final ConfigKey<LogFormat> LOG_FORMAT = ROOT.key(
            "log_format",
            oneOf(words("text", LogFormat.TEXT, "json", LogFormat.JSON)),
            Default.text("text"),
            "Format of the request log: HAProxy's own, or a JSON object for each request, see below.");
    static final ConfigKey<Path> ERROR_PAGES_DIR = ROOT.key(
            "error_pages_dir",
            ConfigFiles.existingFolder(),
            Default.NONE,
            "A folder of error pages, which must exist, see below.");
    static final ConfigKey<PortRange> TCP_PORTS = ROOT.key(
            "tcp_ports",
            text(ConfigGrammar.EXPECTED_PORTS, ConfigGrammar::portRange),
            Default.NONE,
            "Ports at which containers may be served by TCP. Without it no container can open a port.");
    static final ConfigKey<Boolean> DEFAULT = ROOT.key(
            "default",
            oneOf(words("on", true, "off", false)),
            Default.text("on"),
            "`\"off\"`: only containers with `INTERLOCK_DATA` or a label `interlock.…` are served.");

    static final ConfigKey<LabelFilter> FILTER_LABEL = FILTER.key(
            "label",
            text(ConfigGrammar.EXPECTED_LABEL_FILTER, ConfigGrammar::labelFilter),
            Default.NONE,
            "Only containers with this label. Without `=` the label may have any value.");
    static final ConfigKey<String> FILTER_NAME = FILTER.key(
            "name",
            anyText("what names begin with"),
            Default.NONE,
            "Only containers whose name begins with this text.");
    static final ConfigKey<List<String>> FILTER_ENGINE_LABELS = FILTER.key(
            "engine_labels",
            listOf(anyText("a text")),
            Default.EMPTY_LIST,
            "Only containers of engines whose `labels` have all of these.");
    static final ConfigKey<Section> FILTER_OBJECT =
            ROOT.key("filter", object(FILTER), Default.NONE, "Which containers are considered, see below.");

    static final ConfigKey<Integer> TLS_PORT =
            TLS.key("port", port(), Default.number(8_443), "TCP port of HTTPS, another one than that of HTTP.");
    static final ConfigKey<Integer> TLS_PUBLIC_PORT = TLS.key(
            "public_port",
            port(),
            Default.number(443),
            "The port by which clients reach HTTPS, for redirects and `Alt-Svc`.");
    static final ConfigKey<Path> TLS_CERTIFICATES_DIR = TLS.key(
            "certificates_dir",
            ConfigFiles.folder(),
            Default.derived("`certificates` in `data_dir`"),
            "The folder of certificates. Interlock makes it.");
    static final ConfigKey<TlsVersion> TLS_MIN_VERSION = TLS.key(
            "min_version",
            oneOf(words("1.2", TlsVersion.TLS_1_2, "1.3", TlsVersion.TLS_1_3)),
            Default.text("1.2"),
            "The oldest version of TLS.");
    static final ConfigKey<Path> TLS_CLIENT_CA = TLS.key(
            "client_ca",
            ConfigFiles.certificates(),
            Default.NONE,
            "A PEM file of the authorities that issue clients' certificates.");
    static final ConfigKey<Boolean> TLS_CLIENT_AUTH = TLS.key(
            "client_auth",
            oneOf(words("required", true, "optional", false)),
            Default.text("required"),
            "Whether clients must have a certificate. Needs `client_ca`.");
    static final ConfigKey<PlainHttp> TLS_PLAIN_HTTP = TLS.key(
            "plain_http",
            oneOf(words("serve", PlainHttp.SERVED, "redirect", PlainHttp.REDIRECTED, "refuse", PlainHttp.REFUSED)),
            Default.text("serve"),
            "What happens to requests without TLS: served, redirected to https, or refused with status 403.");
    static final ConfigKey<Boolean> TLS_HTTP3 =
            TLS.key("http3", trueOrFalse(), Default.NO, "Whether HTTP/3 is served at the same port of UDP.");

    static final ConfigKey<Boolean> ACME_TERMS_AGREED = ACME.key(
            "terms_agreed",
            trueOrFalse(),
            Default.derived("must be given"),
            "Must be `true`: you agree to the authority's terms of service.");
    static final ConfigKey<URI> ACME_DIRECTORY = ACME.key(
            "directory",
            text(ConfigGrammar.EXPECTED_URL, ConfigGrammar::httpsUrl),
            Default.text("https://acme-v02.api.letsencrypt.org/directory"),
            "The default is Let's Encrypt's.");
    static final ConfigKey<String> ACME_EMAIL = ACME.key(
            "email",
            text(ConfigGrammar.EXPECTED_EMAIL, ConfigGrammar::email),
            Default.NONE,
            "The contact that the authority gets.");
    static final ConfigKey<Path> ACME_DIR = ACME.key(
            "dir",
            ConfigFiles.folder(),
            Default.derived("`acme` in `data_dir`"),
            "The folder of account, keys and issued certificates. Several Interlocks may share one.");
    static final ConfigKey<Path> ACME_CA_CERT = ACME.key(
            "ca_cert",
            ConfigFiles.certificates(),
            Default.derived("those that Java trusts"),
            "A PEM file of the certificates to trust when the authority is asked.");
    static final ConfigKey<Duration> ACME_RETRY_PAUSE = ACME.key(
            "retry_pause",
            seconds(DAY),
            Default.number(60),
            "The first pause after a failure. Each further one is twice as long, up to six hours.");
    static final ConfigKey<Section> TLS_ACME = TLS.key(
            "acme",
            object(ACME),
            Default.NONE,
            "Certificates come from a certificate authority if this section is there, see below.");
    static final ConfigKey<Section> TLS_OBJECT = ROOT.key(
            "tls",
            object(TLS),
            Default.NONE,
            "HTTPS is served if this section is there, even an empty one, see below.");

    static final ConfigKey<String> ENGINE_ID = ENGINE.key(
            "id",
            text(ConfigGrammar.EXPECTED_ID, ConfigGrammar::engineId),
            Default.text("local"),
            "A name that no other engine has.");
    static final ConfigKey<String> ENGINE_ADDR = ENGINE.key(
            "addr",
            anyText(EngineAddress.EXPECTED),
            Default.text(EngineAddress.LOCAL.toString()),
            "Where the engine listens, see below.");
    static final ConfigKey<Double> ENGINE_CPUS =
            ENGINE.key("cpus", positiveNumber(MOST_CPUS), Default.number(1.0), "For status and statistics.");
    static final ConfigKey<Long> ENGINE_MEMORY = ENGINE.key(
            "memory", size(MOST_MEGABYTES, Unit.MEGABYTES), Default.number(1_024), "For status and statistics.");
    static final ConfigKey<List<String>> ENGINE_LABELS = ENGINE.key(
            "labels",
            listOf(text(ConfigGrammar.EXPECTED_ENGINE_LABEL, ConfigGrammar::engineLabel)),
            Default.EMPTY_LIST,
            "For `filter`, status and statistics.");
    static final ConfigKey<Mode> ENGINE_MODE = ENGINE.key(
            "mode",
            oneOf(words("containers", Mode.CONTAINERS, "swarm", Mode.SWARM, "auto", Mode.AUTO)),
            Default.text("auto"),
            "Whose containers are served, see [Swarm](#swarm).");
    static final ConfigKey<List<String>> ENGINE_MANAGERS = ENGINE.key(
            "managers",
            listOf(anyText("a text")),
            Default.EMPTY_LIST,
            "Where other managers of the same swarm listen, as `addr`. Needs `\"mode\": \"swarm\"`.");

    static final ConfigKey<Section> ENTRY_ENGINE =
            ENGINE_ENTRY.key("engine", object(ENGINE), Default.derived("all defaults"), "The engine itself.");
    static final ConfigKey<String> ENTRY_SSL_CERT = ENGINE_ENTRY.key(
            "ssl_cert",
            pathOrPem(EXPECTED_CERTIFICATE),
            Default.NONE,
            "The certificate that Interlock shows the engine, with its chain.");
    static final ConfigKey<String> ENTRY_SSL_KEY = ENGINE_ENTRY.secret(
            "ssl_key",
            pathOrPem(EXPECTED_KEY),
            Default.NONE,
            "Its private key: PKCS#8, PKCS#1 or SEC 1, not encrypted.");
    static final ConfigKey<String> ENTRY_CA_CERT = ENGINE_ENTRY.key(
            "ca_cert",
            pathOrPem(EXPECTED_CERTIFICATE),
            Default.derived("those that Java trusts"),
            "The certificates to trust for the engine's own.");
    static final ConfigKey<List<Section>> ENGINES = ROOT.key(
            "engines",
            listOf(object(ENGINE_ENTRY)),
            Default.EMPTY_LIST.toldAs("one, see below"),
            "The Docker engines to watch.");
    static final ConfigKey<Map<String, ObjectNode>> PLUGINS = ROOT.key(
            "plugins",
            new PluginSectionsType(),
            Default.EMPTY_OBJECT,
            "An object for each plugin, by the plugin's id. Its keys are described with the plugin ([HAProxy](haproxy.md),"
                    + " [statistics](statistics.md)). `\"enabled\": false` keeps any plugin off.");

    private ConfigKeys() {}

    /** All sections; the root first. */
    static List<ConfigSection> sections() {
        return List.of(ROOT, TLS, FILTER, ACME, ENGINE_ENTRY, ENGINE);
    }
}
