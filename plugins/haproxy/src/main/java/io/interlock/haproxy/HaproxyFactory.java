package io.interlock.haproxy;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.haproxy.apply.AccessLogLoadBalancer;
import io.interlock.haproxy.apply.DesiredConfigSource;
import io.interlock.haproxy.apply.HaproxyCapabilities;
import io.interlock.haproxy.apply.HaproxyDriver;
import io.interlock.haproxy.apply.HaproxyLoadBalancer;
import io.interlock.haproxy.apply.PreviewRenderer;
import io.interlock.haproxy.apply.ReloadThrottle;
import io.interlock.haproxy.apply.VersionAwareLoadBalancer;
import io.interlock.haproxy.files.LoadedConfigStore;
import io.interlock.haproxy.files.TemplateLoader;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.peers.InstanceWatcher;
import io.interlock.haproxy.peers.PeerSyncClient;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.directive.PeerSection;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.TlsFrontend;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.haproxy.stats.HaproxyStatsClient;
import io.interlock.haproxy.stats.HaproxyStatsReader;
import io.interlock.haproxy.supervise.ExternalHaproxy;
import io.interlock.haproxy.supervise.ExternalHaproxySettings;
import io.interlock.haproxy.supervise.HaproxyInstance;
import io.interlock.haproxy.supervise.ManagedHaproxy;
import io.interlock.haproxy.supervise.ManagedHaproxySettings;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Factory of the HAProxy load balancer, which the plugin host finds in the plugin's jar. */
@Extension
public final class HaproxyFactory implements LoadBalancerFactory<HaproxyConfig> {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

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
        return HaproxyListeners.of(config, settings);
    }

    @Override
    public Set<Path> files(HaproxyConfig config) {
        return config.templatePath().map(Set::of).orElse(Set.of());
    }

    @Override
    public Optional<String> refusal(HaproxyConfig running, HaproxyConfig changed) {
        boolean isSameHaproxy = running.binary().equals(changed.binary())
                && running.isExternal() == changed.isExternal()
                && running.sharedDir().equals(changed.sharedDir())
                && running.sharedGroup().equals(changed.sharedGroup());
        return isSameHaproxy
                ? Optional.empty()
                : Optional.of("binary, mode, shared_dir and shared_group need another HAProxy than the one that runs");
    }

    @Override
    public LoadBalancer create(HaproxyConfig config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        try {
            TemplateLoader template = new TemplateLoader(config.templatePath());
            template.current();
            HaproxyListeners.of(config, context.settings());
            sayWhereStatisticsAre(context.settings());
            return config.isExternal() ? external(config, context, template) : managed(config, context, template);
        } catch (TemplateException | IllegalArgumentException e) {
            throw new LoadBalancerUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static LoadBalancer managed(HaproxyConfig config, LoadBalancerContext context, TemplateLoader template)
            throws LoadBalancerUnavailableException, InterruptedException {
        HaproxyBinary binary = HaproxyBinary.find(config.binary());
        log.info(
                "{} is HAProxy {}, built with {}",
                binary.path(),
                binary.version(),
                String.join(" ", new TreeSet<>(binary.features())));
        requireTls(binary, context.settings());
        HaproxyPaths layout =
                new HaproxyPaths(context.dataDirectory().toAbsolutePath().normalize());
        BindAddresses listener =
                BindAddresses.of(config.bindAddress(), context.settings().port());
        sayWhatAnInitIsFor();
        ManagedHaproxy supervisor = new ManagedHaproxy(
                processSettings(config, context.settings(), binary, layout, listener), context::requestApply);
        return loadBalancer(
                config,
                context,
                template,
                HaproxyCapabilities.of(binary.version(), binary.hasLua()),
                binary.version(),
                binary.hasThreads() ? config.threads() : 1,
                layout,
                supervisor,
                new PeerPortProbe(new HaproxyProcesses(layout.masterSocket()))::obstacle,
                tls(config, context.settings()));
    }

    private static LoadBalancer external(HaproxyConfig config, LoadBalancerContext context, TemplateLoader template)
            throws LoadBalancerUnavailableException, InterruptedException {
        Path folder = config.sharedDir().orElseThrow().toAbsolutePath().normalize();
        HaproxyPaths layout = config.sharedGroup().isPresent() ? HaproxyPaths.shared(folder) : new HaproxyPaths(folder);
        Optional<HaproxyBinary> here = checker(config);
        Optional<TlsFrontend> tls = tls(config, context.settings());
        return new VersionAwareLoadBalancer(
                new RuntimeApi(layout.adminSocket()),
                here.map(HaproxyBinary::version).orElse(HaproxyVersion.MINIMUM),
                version -> {
                    ExternalHaproxySettings external = new ExternalHaproxySettings(
                            layout, config.sharedGroup(), here, version, config.reloadTime());
                    return loadBalancer(
                            config,
                            context,
                            template,
                            HaproxyCapabilities.ofAny(),
                            version,
                            config.threads(),
                            layout,
                            new ExternalHaproxy(external, context::requestApply),
                            peers -> Optional.empty(),
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

    /**
     * Finds an HAProxy on this machine that only validates configurations; empty if there is none and the configuration
     * names none.
     */
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
            TemplateLoader template,
            Set<Capability> capabilities,
            HaproxyVersion version,
            int threads,
            HaproxyPaths layout,
            HaproxyInstance haproxy,
            Function<PeerGroup, Optional<String>> obstacle,
            Optional<TlsFrontend> tls) {
        boolean runtime = !template.isOwn() && version.has(HaproxyFeature.SERVERS_AT_RUNTIME);
        RenderSettings settings =
                RenderSettingsFactory.of(config, context.settings(), runtime, version, threads, layout, tls);
        InstanceWatcher instances = new InstanceWatcher(
                config.instanceResolver(),
                new LoadedConfigStore(layout.loaded())
                        .read()
                        .flatMap(loaded -> loaded.frame().peers()),
                context::requestApply);
        HaproxyDriver proxy = new HaproxyDriver(
                haproxy,
                layout,
                PeerSection.waitsForPeers(version)
                        ? Optional.of(
                                new PeerSyncClient(layout.peerSocket(), PeerSection.LOCAL, PeerSection.CONTROLLER))
                        : Optional.empty(),
                runtime);
        LoadBalancer served = new HaproxyLoadBalancer(
                new DesiredConfigSource(template, settings, runtime, instances, obstacle),
                proxy,
                new ReloadThrottle(config.reloadPause()),
                new HaproxyStatsReader(new HaproxyStatsClient(layout), proxy::places, context.clock()),
                new PreviewRenderer(
                        () -> new DesiredConfigSource(
                                new TemplateLoader(config.templatePath()),
                                settings,
                                runtime,
                                instances,
                                peers -> Optional.empty()),
                        haproxy.files().config()),
                version,
                capabilities,
                context::requestApply);
        return AccessLogLoadBalancer.ifWanted(served, context, layout, proxy::places);
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
                        file + " with the certificates of those who vouch for clients cannot be read: "
                                + ErrorMessages.reasonAt(file, e),
                        e);
            }
        }
        return Optional.of(new TlsFrontend(
                tls, BindAddresses.of(config.bindAddress(), tls.port()).addresses(), authorities));
    }

    private static ManagedHaproxySettings processSettings(
            HaproxyConfig config,
            ProxySettings proxy,
            HaproxyBinary binary,
            HaproxyPaths layout,
            BindAddresses listener) {
        return new ManagedHaproxySettings(
                binary,
                proxy.configPath().toAbsolutePath(),
                proxy.pidPath().toAbsolutePath(),
                layout,
                listener.addresses(),
                HaproxyListeners.ports(proxy),
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
