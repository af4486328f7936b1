package io.interlock.caddy;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.caddy.label.ArgumentSplitter;
import io.interlock.caddy.label.CaddyDirective;
import io.interlock.caddy.label.DirectiveTree;
import io.interlock.caddy.label.SnippetExpander;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Translates the labels that a container has for caddy-docker-proxy. */
final class CaddyDialect implements LabelDialect {

    private static final int MOST_ROUTES = 51;

    /** Options for all sites. None of them protects a site. */
    private static final Set<String> GLOBAL = Set.of(
            "acme_ca",
            "acme_ca_root",
            "acme_dns",
            "acme_eab",
            "admin",
            "auto_https",
            "cert_issuer",
            "cert_lifetime",
            "debug",
            "default_bind",
            "default_sni",
            "dns",
            "ech",
            "email",
            "events",
            "fallback_sni",
            "filesystem",
            "grace_period",
            "http_port",
            "https_port",
            "key_type",
            "local_certs",
            "log",
            "metrics",
            "ocsp_interval",
            "ocsp_stapling",
            "on_demand_tls",
            "order",
            "persist_config",
            "pki",
            "preferred_chains",
            "renew_interval",
            "renewal_window_ratio",
            "servers",
            "shutdown_delay",
            "skip_install_trust",
            "storage",
            "storage_check",
            "storage_clean_interval");

    private final CaddyConfig config;
    private final String network;
    private final List<CaddyDirective> shared;

    CaddyDialect(CaddyConfig config) {
        this.config = config;
        this.shared = new DirectiveTree(new TreeMap<>(config.labels().orElse(Map.of())), config.prefix()).blocks();
        this.network = config.prefix() + "_ingress_network";
    }

    @Override
    public DialectSources sources() {
        return new DialectSources(Set.of(config.prefix()), Set.of(), false);
    }

    /** How clients reach a host. */
    private record HostAccess(boolean isPlain, boolean isSecure) {
        HostAccess and(boolean secure) {
            return new HostAccess(isPlain || !secure, isSecure || secure);
        }
    }

    @Override
    public DialectTranslation translate(DialectInput container) {
        CaddyFindings findings = new CaddyFindings();
        DirectiveTree tree = new DirectiveTree(container.labels(), config.prefix());
        SnippetExpander snippets = new SnippetExpander();
        shared.forEach(snippets::add);
        List<CaddyDirective> sites =
                tree.blocks().stream().filter(block -> !snippets.add(block)).toList();
        List<Map<String, DialectField>> routes = new ArrayList<>();
        List<CaddyDirective> expanded = sites.stream().map(snippets::expand).toList();
        if (snippets.isTooLarge()) {
            findings.leftOut(
                    sites.getFirst(),
                    "has more than " + SnippetExpander.MOST_DIRECTIVES
                            + " directives, together with other sites of the container and with snippets",
                    "");
            return new DialectTranslation(Map.of(), Map.of(), findings.all());
        }
        for (CaddyDirective site : expanded) {
            if (site.arguments().isEmpty()) {
                global(site, findings);
            } else {
                routes.addAll(site(site, findings));
            }
        }
        Map<String, DialectField> fields = new TreeMap<>();
        network(container, tree, findings).ifPresent(name -> fields.put("network", name));
        tree.others().stream()
                .filter(other -> !other.label().equals(network)
                        && !other.label().equals(config.prefix() + "_controlled_server")
                        && isOfCaddy(other.label()))
                .forEach(other -> findings.leftOut(
                        other,
                        "belongs to no site, or has too many levels; it may protect the container",
                        "correct or remove the label"));
        if (routes.size() == 1) {
            fields.putAll(routes.getFirst());
            return new DialectTranslation(fields, Map.of(), findings.all());
        }
        Map<String, Map<String, DialectField>> named = new LinkedHashMap<>();
        routes.stream().limit(MOST_ROUTES).forEach(route -> named.put("route-" + (named.size() + 1), route));
        return new DialectTranslation(fields, named, findings.all());
    }

    private boolean isOfCaddy(String label) {
        String rest = label.substring(Math.min(label.length(), config.prefix().length()));
        return rest.isEmpty() || rest.startsWith(".") || rest.startsWith("_");
    }

    private static void global(CaddyDirective block, CaddyFindings findings) {
        for (CaddyDirective option : block.children()) {
            if (GLOBAL.contains(option.name())) {
                findings.lost(
                        option,
                        "is an option for all sites; Interlock's configuration and plugins.dialect-caddy have such");
            } else {
                findings.leftOut(
                        option,
                        "belongs to a block without an address, and is no option for all sites that is known; it may"
                                + " protect the container",
                        "correct its number, or remove the label");
            }
        }
    }

    private List<Map<String, DialectField>> site(CaddyDirective site, CaddyFindings findings) {
        Map<String, HostAccess> hosts = new LinkedHashMap<>();
        for (String text : SiteAddress.texts(site)) {
            Optional<SiteAddress> address = SiteAddress.of(text, config);
            if (address.isEmpty()) {
                findings.leftOut(
                        site,
                        "has an address that is no name with a port of http_port or https_port",
                        "name the host, without a path, a template and another port");
            } else {
                HostAccess before = hosts.getOrDefault(address.get().host(), new HostAccess(false, false));
                hosts.put(address.get().host(), before.and(address.get().isSecure()));
            }
        }
        if (hosts.isEmpty() || isOpen(site, findings)) {
            return List.of();
        }
        List<SiteHandler> handlers = new SiteBlockReader(findings).read(site);
        boolean isPlain = hosts.values().stream().noneMatch(HostAccess::isSecure);
        if (handlers.isEmpty() || (isPlain && handlers.stream().allMatch(CaddyDialect::isToHttps))) {
            handlers.forEach(handler -> findings.differs(
                    handler.directive(), "names with HTTPS redirect requests over HTTP by themselves"));
            if (handlers.isEmpty() && findings.all().isEmpty()) {
                findings.lost(site, "is a site without a container that answers");
            }
            return List.of();
        }
        if (handlers.stream().noneMatch(SiteBlockReader::isUsed)) {
            handlers.forEach(handler -> findings.lost(
                    handler.directive(), "has Caddy itself answer all requests, for which there is no field"));
            return List.of();
        }
        List<Map<String, DialectField>> routes = new SiteAssembler(config, findings).assemble(handlers);
        List<Map<String, DialectField>> named = new ArrayList<>();
        Map<HostAccess, List<String>> names = new LinkedHashMap<>();
        hosts.forEach((host, access) ->
                names.computeIfAbsent(access, any -> new ArrayList<>()).add(host));
        names.forEach((access, same) -> {
            Map<String, DialectField> fields = names(site, same);
            if (access.isSecure()) {
                new CertificateReader(findings).read(site, same, !access.isPlain(), fields);
            }
            routes.forEach(route -> named.add(SiteAssembler.named(route, fields)));
        });
        return named;
    }

    private static boolean isToHttps(SiteHandler handler) {
        return handler.directive().name().equals("redir")
                && RedirectReader.isToHttps(
                        new SiteHandler.Modifier(handler.directive(), Optional.empty(), handler.arguments()));
    }

    private static Map<String, DialectField> names(CaddyDirective site, List<String> names) {
        Map<String, DialectField> fields = new TreeMap<>();
        fields.put("hostname", DialectField.of(site.label(), names.getFirst()));
        if (names.size() > 1) {
            fields.put("alias_domains", DialectField.of(site.label(), names.subList(1, names.size())));
        }
        return fields;
    }

    /** Whether a template or variable is left, whose value only Caddy knows. */
    private static boolean isOpen(CaddyDirective directive, CaddyFindings findings) {
        if (directive.arguments().stream().anyMatch(ArgumentSplitter::isOpen)) {
            findings.leftOut(
                    directive,
                    "has a template, a variable or an argument whose value Interlock does not know",
                    "write its value");
            return true;
        }
        boolean isOpen = false;
        for (CaddyDirective child : directive.children()) {
            isOpen |= isOpen(child, findings);
        }
        return isOpen;
    }

    private Optional<DialectField> network(DialectInput container, DirectiveTree tree, CaddyFindings findings) {
        Optional<CaddyDirective> given = tree.others().stream()
                .filter(other -> other.label().equals(network))
                .findFirst();
        if (given.isPresent()) {
            String name = String.join(" ", given.get().arguments());
            if (container.networks().contains(name)) {
                return Optional.of(DialectField.of(network, name));
            }
            findings.differs(given.get(), "is a network that the container is not in; Interlock chooses one");
            return Optional.empty();
        }
        return config.ingressNetworks().orElse(List.of()).stream()
                .filter(container.networks()::contains)
                .findFirst()
                .map(name -> DialectField.of("", name));
    }
}
