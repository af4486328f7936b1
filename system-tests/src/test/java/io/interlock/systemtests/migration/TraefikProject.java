package io.interlock.systemtests.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.SampleContainerBuilder;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.util.List;

/** Project with labels for Traefik, which Debian does not have: HAProxy with the same routes stands for it. */
final class TraefikProject {

    private static final String ROUTER = "traefik.http.routers.";
    private static final String MIDDLEWARE = "traefik.http.middlewares.";
    private static final String SERVICE = "traefik.http.services.";

    private TraefikProject() {}

    static ComposeProject start(LocalEngine engine) {
        String domain = UniqueHostNames.newDomain();
        SampleContainer web1 = web(engine, domain);
        SampleContainer web2 = web(engine, domain);
        SampleContainer api = service(engine.sample(), "api", "Host(`www." + domain + "`) && PathPrefix(`/api`)")
                .label(ROUTER + "api.middlewares", "api-path@docker")
                .label(MIDDLEWARE + "api-path.stripprefix.prefixes", "/api")
                .start();
        SampleContainer admin = service(engine.sample(), "admin", "Host(`admin." + domain + "`)")
                .label(ROUTER + "admin.middlewares", "users,frames")
                .label(MIDDLEWARE + "users.basicauth.users", "alice:" + ComposeProject.HASH)
                .label(MIDDLEWARE + "frames.headers.customresponseheaders.X-Frame-Options", "DENY")
                .start();
        SampleContainer shop = service(
                        engine.sample(), "shop", "Host(`shop." + domain + "`) || Host(`shop-old." + domain + "`)")
                .label(SERVICE + "shop.loadbalancer.sticky.cookie.name", "shop")
                .label(SERVICE + "shop.loadbalancer.server.weight", "10")
                .label(ROUTER + "office.rule", "Host(`shop." + domain + "`) && PathPrefix(`/office`)")
                .label(ROUTER + "office.entrypoints", "web")
                .label(ROUTER + "office.middlewares", "office")
                .label(MIDDLEWARE + "office.ipallowlist.sourcerange", "192.0.2.0/24")
                .start();
        SampleContainer unused = service(engine.sample(), "secure", "Host(`secure." + domain + "`)")
                .label(ROUTER + "secure.middlewares", "https")
                .label(MIDDLEWARE + "https.redirectscheme.scheme", "https")
                .label(MIDDLEWARE + "https.redirectscheme.permanent", "true")
                .label(ROUTER + "secure-tls.rule", "Host(`secure." + domain + "`)")
                .label(ROUTER + "secure-tls.entrypoints", "websecure")
                .label(ROUTER + "secure-tls.tls", "true")
                .start();
        SampleContainer chat = service(engine.backend(), "chat", "Host(`chat." + domain + "`)")
                .label(ROUTER + "status.rule", "Host(`www." + domain + "`) && Path(`/status`)")
                .label(ROUTER + "status.entrypoints", "web")
                .label(SERVICE + "chat.loadbalancer.healthcheck.path", "/health")
                .start();
        SampleContainer tenants = service(
                        engine.backend(), "tenants", "HostRegexp(`^[a-z]+\\.t\\." + domain.replace(".", "\\.") + "$`)")
                .start();
        return new ComposeProject(
                "traefik",
                new ObjectMapper().createObjectNode().put("exposed_by_default", false),
                "chat." + domain,
                List.of(
                        ProjectRequest.ofContainers("www." + domain, "/name", web1, web2),
                        ProjectRequest.ofContainers("www." + domain, "/api/name", api),
                        ProjectRequest.ofProxy("admin." + domain, "/name", 401),
                        ProjectRequest.ofContainers("admin." + domain, "/name", admin)
                                .with(ComposeProject.CREDENTIALS)
                                .answeredWith("x-frame-options: DENY"),
                        ProjectRequest.ofContainers("shop." + domain, "/name", shop),
                        ProjectRequest.ofContainers("shop-old." + domain, "/name", shop),
                        ProjectRequest.ofProxy("shop." + domain, "/office/", 403),
                        ProjectRequest.ofProxy("secure." + domain, "/name", 301)
                                .answeredWith("location: https://secure." + domain + "/name"),
                        ProjectRequest.ofContainers("chat." + domain, "/", chat),
                        ProjectRequest.ofContainers("www." + domain, "/status", chat),
                        ProjectRequest.ofProxy("www." + domain, "/status/", 404),
                        ProjectRequest.ofContainers("one.t." + domain, "/", tenants)),
                OtherProxyProcess.Program.HAPROXY,
                """
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout tunnel 60s
                userlist users
                    user alice password HASH
                frontend web
                    bind *:PORT
                    http-after-response set-header MARK
                    http-request redirect scheme https code 301 if { hdr(host) secure.DOMAIN }
                    http-request auth realm traefik if { hdr(host) admin.DOMAIN } !{ http_auth(users) }
                    http-request deny if { hdr(host) shop.DOMAIN } { path_beg /office }
                    use_backend api if { hdr(host) www.DOMAIN } { path_beg /api }
                    use_backend chat if { hdr(host) www.DOMAIN } { path /status }
                    use_backend web if { hdr(host) www.DOMAIN }
                    use_backend admin if { hdr(host) admin.DOMAIN }
                    use_backend shop if { hdr(host) shop.DOMAIN shop-old.DOMAIN }
                    use_backend chat if { hdr(host) chat.DOMAIN }
                    use_backend tenants if { hdr_reg(host) ^[a-z]+\\.t\\.DOMAIN$ }
                backend web
                    server web1 WEB1:8080
                    server web2 WEB2:8080
                backend api
                    http-request replace-path /api/?(.*) /\\1
                    server api API:8080
                backend admin
                    http-response set-header X-Frame-Options DENY
                    server admin ADMIN:8080
                backend shop
                    cookie shop insert indirect httponly
                    server shop SHOP:8080 cookie a
                backend chat
                    server chat CHAT:8080
                backend tenants
                    server tenants TENANTS:8080
                """.replace("DOMAIN", domain)
                        .replace("HASH", ComposeProject.HASH)
                        .replace("MARK", ProjectLoad.MARK.replace(":", ""))
                        .replace("WEB1", web1.address())
                        .replace("WEB2", web2.address())
                        .replace("API", api.address())
                        .replace("ADMIN", admin.address())
                        .replace("SHOP", shop.address())
                        .replace("CHAT", chat.address())
                        .replace("TENANTS", tenants.address()),
                List.of("scheme https code 301", "scheme https code 302"));
    }

    private static SampleContainer web(LocalEngine engine, String domain) {
        return service(engine.sample(), "web", "Host(`www." + domain + "`)")
                .label(SERVICE + "web.loadbalancer.server.port", "8080")
                .start();
    }

    private static SampleContainerBuilder service(SampleContainerBuilder container, String name, String rule) {
        return container
                .label("traefik.enable", "true")
                .label(ROUTER + name + ".rule", rule)
                .label(ROUTER + name + ".entrypoints", "web");
    }
}
