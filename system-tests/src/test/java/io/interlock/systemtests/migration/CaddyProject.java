package io.interlock.systemtests.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.SampleContainerBuilder;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Project with labels for caddy-docker-proxy, and a real Caddy with the Caddyfile that those labels make. */
final class CaddyProject {

    private static final String UPSTREAMS = "{{upstreams 8080}}";

    private CaddyProject() {}

    static ComposeProject start(LocalEngine engine) {
        String domain = UniqueHostNames.newDomain();
        SampleContainer web1 = web(engine, domain);
        SampleContainer web2 = web(engine, domain);
        SampleContainer api = engine.sample()
                .label("caddy", "http://api." + domain)
                .label("caddy.handle_path", "/v1/*")
                .label("caddy.handle_path.0_reverse_proxy", UPSTREAMS)
                .label("caddy.header.X-Frame-Options", "DENY")
                .start();
        SampleContainer admin = site(engine.sample(), "http://admin." + domain)
                .label("caddy.basicauth.alice", ComposeProject.HASH)
                .start();
        SampleContainer shop = site(engine.sample(), "http://shop." + domain + " http://shop-old." + domain)
                .label("caddy.@office.path", "/office/*")
                .label("caddy.respond", "@office 403")
                .label("caddy.encode", "gzip")
                .label("caddy.redir", "/docs /name 301")
                .start();
        SampleContainer unused = site(engine.sample(), "secure." + domain).start();
        SampleContainer chat = site(engine.backend(), "http://chat." + domain)
                .label("caddy.reverse_proxy.health_uri", "/health")
                .start();
        SampleContainer tenants = site(engine.backend(), "http://*.t." + domain).start();
        return new ComposeProject(
                "caddy",
                new ObjectMapper().createObjectNode(),
                "chat." + domain,
                List.of(
                        ProjectRequest.ofContainers("www." + domain, "/name", web1, web2),
                        ProjectRequest.ofContainers("api." + domain, "/v1/name", api)
                                .answeredWith("x-frame-options: DENY"),
                        ProjectRequest.ofProxy("shop." + domain, "/docs", 301).answeredWith("location: /name"),
                        ProjectRequest.ofProxy("admin." + domain, "/name", 401),
                        ProjectRequest.ofContainers("admin." + domain, "/name", admin)
                                .with(ComposeProject.CREDENTIALS),
                        ProjectRequest.ofContainers("shop." + domain, "/name", shop),
                        ProjectRequest.ofContainers("shop-old." + domain, "/name", shop),
                        ProjectRequest.ofProxy("shop." + domain, "/office/", 403),
                        ProjectRequest.ofProxy("secure." + domain, "/name", 308)
                                .answeredWith("location: https://secure." + domain + "/name"),
                        ProjectRequest.ofContainers("chat." + domain, "/", chat),
                        ProjectRequest.ofContainers("one.t." + domain, "/", tenants)),
                OtherProxyProcess.Program.CADDY,
                """
                {
                    admin off
                    auto_https off
                    http_port PORT
                    grace_period 30s
                    log { level ERROR }
                }
                http://www.DOMAIN {
                    header MARK
                    reverse_proxy WEB1:8080 WEB2:8080
                }
                http://api.DOMAIN {
                    header MARK
                    header X-Frame-Options DENY
                    handle_path /v1/* { reverse_proxy API:8080 }
                }
                http://admin.DOMAIN {
                    header MARK
                    basicauth { alice HASH }
                    reverse_proxy ADMIN:8080
                }
                http://shop.DOMAIN http://shop-old.DOMAIN {
                    header MARK
                    @office path /office/*
                    respond @office 403
                    encode gzip
                    redir /docs /name 301
                    reverse_proxy SHOP:8080
                }
                http://secure.DOMAIN {
                    header MARK
                    redir https://secure.DOMAIN{uri} 308
                }
                http://chat.DOMAIN {
                    header MARK
                    reverse_proxy CHAT:8080 { health_uri /health }
                }
                http://*.t.DOMAIN {
                    header MARK
                    reverse_proxy TENANTS:8080
                }
                """.replaceAll("(?m)^( *)(.*) \\{ (.*) }$", "$1$2 {\n$1    $3\n$1}")
                        .replace("DOMAIN", domain)
                        .replace(
                                "HASH",
                                Base64.getEncoder()
                                        .encodeToString(ComposeProject.HASH.getBytes(StandardCharsets.US_ASCII)))
                        .replace("MARK", ProjectLoad.MARK.replace(":", ""))
                        .replace("WEB1", web1.address())
                        .replace("WEB2", web2.address())
                        .replace("API", api.address())
                        .replace("ADMIN", admin.address())
                        .replace("SHOP", shop.address())
                        .replace("CHAT", chat.address())
                        .replace("TENANTS", tenants.address()),
                List.of("{uri} 308", "{uri} 307"));
    }

    private static SampleContainer web(LocalEngine engine, String domain) {
        return site(engine.sample(), "http://www." + domain).start();
    }

    private static SampleContainerBuilder site(SampleContainerBuilder container, String address) {
        return container.label("caddy", address).label("caddy.reverse_proxy", UPSTREAMS);
    }
}
