package io.interlock.haproxy;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.haproxy.process.ExternalHaproxy;
import io.interlock.haproxy.process.ExternalSettings;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.haproxy.process.HaproxyInstance;
import io.interlock.haproxy.process.ProcessSettings;
import io.interlock.haproxy.process.RuntimeApi;
import io.interlock.haproxy.process.Statistics;
import io.interlock.haproxy.process.Supervisor;
import io.interlock.haproxy.render.HaproxyVersion;
import io.interlock.haproxy.render.Layout;
import io.interlock.haproxy.render.RenderSettings;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.TlsFrontend;
import io.interlock.util.PemText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes HAProxy a load balancer of Interlock: what the host finds in the plugin's jar. */
@Extension
public final class HaproxyFactory implements LoadBalancerFactory<HaproxyConfig> {

    private static final Logger log = LoggerFactory.getLogger(HaproxyFactory.class);

    /** The first version to add and delete servers that are checked. */
    private static final HaproxyVersion SERVERS_AT_RUNTIME = new HaproxyVersion(2, 6);

    @Override
    public String type() {
        return "haproxy";
    }

    @Override
    public Class<HaproxyConfig> configType() {
        return HaproxyConfig.class;
    }

    @Override
    public Set<InetSocketAddress> listeners(HaproxyConfig config, ProxySettings settings) {
        List<InetAddress> addresses =
                Listener.of(config.bindAddress(), settings.port()).addresses();
        return ports(settings).stream()
                .flatMap(port -> addresses.stream().map(address -> new InetSocketAddress(address, port)))
                .collect(Collectors.toSet());
    }

    @Override
    public LoadBalancer create(HaproxyConfig config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        try {
            TemplateSource template = new TemplateSource(config.templatePath());
            template.current();
            sayWhereStatisticsAre(context.settings());
            return config.isExternal() ? external(config, context, template) : managed(config, context, template);
        } catch (TemplateException | IllegalArgumentException e) {
            throw new LoadBalancerUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Integer> ports(ProxySettings settings) {
        return Stream.concat(Stream.of(settings.port()), settings.tls().map(TlsSettings::port).stream())
                .toList();
    }

    private static LoadBalancer managed(HaproxyConfig config, LoadBalancerContext context, TemplateSource template)
            throws LoadBalancerUnavailableException, InterruptedException {
        HaproxyBinary binary = HaproxyBinary.find(config.binary());
        log.info(
                "{} is HAProxy {}, built with {}",
                binary.path(),
                binary.version(),
                String.join(" ", new TreeSet<>(binary.features())));
        requireTls(binary, context.settings());
        Layout layout = new Layout(context.dataDirectory().toAbsolutePath().normalize());
        Listener listener = Listener.of(config.bindAddress(), context.settings().port());
        sayWhatAnInitIsFor();
        Supervisor supervisor = new Supervisor(
                processSettings(config, context.settings(), binary, layout, listener), context::requestApply);
        return loadBalancer(
                config,
                context,
                template,
                binary.version(),
                binary.hasThreads() ? config.threads() : 1,
                layout,
                supervisor,
                tls(config, context.settings()));
    }

    private static LoadBalancer external(HaproxyConfig config, LoadBalancerContext context, TemplateSource template)
            throws LoadBalancerUnavailableException, InterruptedException {
        Path folder = config.sharedDir().orElseThrow().toAbsolutePath().normalize();
        Layout layout = config.sharedGroup().isPresent() ? Layout.shared(folder) : new Layout(folder);
        Optional<HaproxyBinary> here = checker(config);
        Optional<TlsFrontend> tls = tls(config, context.settings());
        return new VersionFollower(
                new RuntimeApi(layout.adminSocket()),
                here.map(HaproxyBinary::version).orElse(HaproxyVersion.MINIMUM),
                version -> {
                    ExternalSettings external =
                            new ExternalSettings(layout, config.sharedGroup(), here, version, config.reloadTime());
                    return loadBalancer(
                            config,
                            context,
                            template,
                            version,
                            config.threads(),
                            layout,
                            new ExternalHaproxy(external, context::requestApply),
                            tls);
                });
    }

    private static void requireTls(HaproxyBinary binary, ProxySettings settings)
            throws LoadBalancerUnavailableException {
        if (settings.tls().isPresent() && !binary.hasTls()) {
            throw new LoadBalancerUnavailableException(binary.path() + " is HAProxy " + binary.version()
                    + " built without OpenSSL, so that it cannot serve HTTPS; install another build, or remove \"tls\""
                    + " from the configuration");
        }
        if (settings.tls().filter(TlsSettings::http3).isPresent() && !binary.hasQuic()) {
            throw new LoadBalancerUnavailableException(binary.path() + " is HAProxy " + binary.version()
                    + " built without QUIC, so that it cannot serve HTTP/3; install a build with QUIC (haproxy -vv shows"
                    + " +QUIC; Debian 13's has it), or set \"http3\" to false in \"tls\"");
        }
    }

    /** An HAProxy on this machine, which only checks; there need not be one unless it is named. */
    private static Optional<HaproxyBinary> checker(HaproxyConfig config)
            throws LoadBalancerUnavailableException, InterruptedException {
        try {
            return Optional.of(HaproxyBinary.find(config.binary()));
        } catch (LoadBalancerUnavailableException e) {
            if (config.binary().isPresent()) {
                throw e;
            }
            log.info("there is no HAProxy here to check configurations with: the one that runs elsewhere finds out");
            return Optional.empty();
        }
    }

    private static LoadBalancer loadBalancer(
            HaproxyConfig config,
            LoadBalancerContext context,
            TemplateSource template,
            HaproxyVersion version,
            int threads,
            Layout layout,
            HaproxyInstance haproxy,
            Optional<TlsFrontend> tls) {
        boolean runtime = !template.isOwn() && version.isAtLeast(SERVERS_AT_RUNTIME);
        RenderSettings settings = new RenderSettings(
                context.settings(),
                version,
                layout,
                Listener.of(config.bindAddress(), context.settings().port()).binds(),
                threads,
                config.connectTryTime(context.settings().connectTimeout()),
                runtime ? config.spareBackends() : 0,
                runtime ? config.waitTime() : Duration.ZERO,
                config.hardStopTime(),
                tls,
                ErrorPageFolder.read(context.settings().listeners().errorPages()),
                Listener.of(config.bindAddress(), context.settings().port()).addresses());
        Proxy proxy = new Proxy(haproxy, layout, runtime);
        return new HaproxyLoadBalancer(
                new Source(template, settings, runtime),
                proxy,
                new ReloadPace(config.reloadPause()),
                new Counting(new Statistics(layout), proxy::places, context.clock()),
                new Previewing(
                        () -> new Source(new TemplateSource(config.templatePath()), settings, runtime),
                        haproxy.files().config()),
                context::requestApply);
    }

    private static Optional<TlsFrontend> tls(HaproxyConfig config, ProxySettings settings)
            throws LoadBalancerUnavailableException {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        TlsSettings tls = settings.tls().get();
        Optional<String> authorities = Optional.empty();
        if (tls.clients().isPresent()) {
            Path file = tls.clients().get().authorities();
            try {
                authorities = Optional.of(PemText.of(PemText.certificates(PemText.read(file))));
            } catch (IOException | GeneralSecurityException e) {
                throw new LoadBalancerUnavailableException(
                        file + " with the certificates of those who vouch for clients cannot be read: " + e, e);
            }
        }
        return Optional.of(new TlsFrontend(
                tls, Listener.of(config.bindAddress(), tls.port()).addresses(), authorities));
    }

    private static ProcessSettings processSettings(
            HaproxyConfig config, ProxySettings proxy, HaproxyBinary binary, Layout layout, Listener listener) {
        return new ProcessSettings(
                binary,
                proxy.configPath().toAbsolutePath(),
                proxy.pidPath().toAbsolutePath(),
                layout,
                listener.addresses(),
                ports(proxy),
                config.reloadTime(),
                config.stopTime());
    }

    private static void sayWhatAnInitIsFor() {
        if (ProcessHandle.current().pid() == 1) {
            log.warn("Interlock is process 1 here: a worker of HAProxy whose master is killed would stay as a zombie;"
                    + " run the container with an init, as with docker run --init");
        }
    }

    private static void sayWhereStatisticsAre(ProxySettings proxy) {
        if (proxy.statsCredentials().isPresent()) {
            log.info("HAProxy's statistics are at port {}, path /haproxy?stats", proxy.port());
        } else {
            log.info("HAProxy's statistics page is off: set stats_user and stats_password to get it at /haproxy?stats");
        }
    }
}
