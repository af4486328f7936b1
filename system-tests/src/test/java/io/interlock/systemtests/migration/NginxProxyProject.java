package io.interlock.systemtests.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Project with variables for nginx-proxy, and a real nginx. */
final class NginxProxyProject {

    private NginxProxyProject() {}

    static ComposeProject start(LocalEngine engine, Path folder) throws IOException {
        String domain = UniqueHostNames.newDomain();
        Path users = Files.createDirectories(folder.resolve("htpasswd"));
        Path file = Files.writeString(users.resolve("admin." + domain), "alice:" + ComposeProject.HASH + "\n");
        SampleContainer web1 = web(engine, domain);
        SampleContainer web2 = web(engine, domain);
        SampleContainer api = engine.sample()
                .environment("VIRTUAL_HOST", "www." + domain)
                .environment("VIRTUAL_PATH", "/api/")
                .environment("VIRTUAL_DEST", "/")
                .start();
        SampleContainer admin = engine.sample()
                .environment("VIRTUAL_HOST", "admin." + domain)
                .environment("NETWORK_ACCESS", "internal")
                .start();
        SampleContainer shop = engine.sample()
                .environment("VIRTUAL_HOST", "shop." + domain + ",shop-old." + domain)
                .environment("VIRTUAL_PORT", "8080")
                .start();
        SampleContainer unused = engine.sample()
                .environment("VIRTUAL_HOST", "secure." + domain)
                .environment("CERT_NAME", "cert")
                .environment("HSTS", "off")
                .start();
        SampleContainer chat = engine.backend()
                .environment(
                        "VIRTUAL_HOST_MULTIPORTS",
                        "chat." + domain + ":\n  \"/\":\n    port: 8080\nlogs." + domain
                                + ":\n  \"/\":\n    port: 8080\n")
                .start();
        SampleContainer tenants =
                engine.backend().environment("VIRTUAL_HOST", "*.t." + domain).start();
        return new ComposeProject(
                "nginx-proxy",
                new ObjectMapper().createObjectNode().put("htpasswd_dir", users.toString()),
                "chat." + domain,
                List.of(
                        ProjectRequest.ofContainers("www." + domain, "/name", web1, web2),
                        ProjectRequest.ofContainers("www." + domain, "/api/name", api),
                        ProjectRequest.ofProxy("admin." + domain, "/name", 401),
                        ProjectRequest.ofContainers("admin." + domain, "/name", admin)
                                .with(ComposeProject.CREDENTIALS),
                        ProjectRequest.ofContainers("shop." + domain, "/name", shop),
                        ProjectRequest.ofContainers("shop-old." + domain, "/name", shop),
                        ProjectRequest.ofProxy("secure." + domain, "/name", 301)
                                .answeredWith("location: https://secure." + domain + "/name"),
                        ProjectRequest.ofContainers("chat." + domain, "/", chat),
                        ProjectRequest.ofContainers("logs." + domain, "/", chat),
                        ProjectRequest.ofContainers("one.t." + domain, "/", tenants)),
                OtherProxyProcess.Program.NGINX,
                """
                user root;
                pid FOLDER/pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path FOLDER/body;
                    proxy_temp_path FOLDER/proxy;
                    fastcgi_temp_path FOLDER/fastcgi;
                    uwsgi_temp_path FOLDER/uwsgi;
                    scgi_temp_path FOLDER/scgi;
                    server_names_hash_bucket_size 128;
                    keepalive_requests 1000000;
                    map $http_upgrade $proxy_connection { default upgrade; '' ''; }
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $proxy_connection;
                    add_header MARK always;
                    upstream www { server WEB1:8080; server WEB2:8080; }
                    server {
                        listen PORT;
                        server_name www.DOMAIN;
                        location / { proxy_pass http://www; }
                        location /api/ { proxy_pass http://API:8080/; }
                    }
                    server {
                        listen PORT;
                        server_name admin.DOMAIN;
                        allow 127.0.0.0/8;
                        deny all;
                        auth_basic "Restricted admin.DOMAIN";
                        auth_basic_user_file USERS;
                        location / { proxy_pass http://ADMIN:8080; }
                    }
                    server {
                        listen PORT;
                        server_name shop.DOMAIN shop-old.DOMAIN;
                        location / { proxy_pass http://SHOP:8080; }
                    }
                    server {
                        listen PORT;
                        server_name secure.DOMAIN;
                        return 301 https://$host$request_uri;
                    }
                    server {
                        listen PORT;
                        server_name chat.DOMAIN logs.DOMAIN;
                        location / { proxy_pass http://CHAT:8080; }
                    }
                    server {
                        listen PORT;
                        server_name *.t.DOMAIN;
                        location / { proxy_pass http://TENANTS:8080; }
                    }
                }
                """.replace("DOMAIN", domain)
                        .replace("USERS", file.toString())
                        .replace("MARK", ProjectLoad.MARK.replace(":", ""))
                        .replace("WEB1", web1.address())
                        .replace("WEB2", web2.address())
                        .replace("API", api.address())
                        .replace("ADMIN", admin.address())
                        .replace("SHOP", shop.address())
                        .replace("CHAT", chat.address())
                        .replace("TENANTS", tenants.address()),
                List.of("return 301 https://$host$request_uri", "return 302 https://$host$request_uri"));
    }

    private static SampleContainer web(LocalEngine engine, String domain) {
        return engine.sample().environment("VIRTUAL_HOST", "www." + domain).start();
    }
}
