package io.interlock.haproxy.application;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;

/** nginx, which answers by itself. */
final class NginxApplication extends ApplicationServer {

    private static final String CONFIG = """
            daemon off;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            worker_processes 1;
            events {}
            http {
                access_log off;
                default_type text/plain;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                server {
                    listen 127.0.0.1:PORT default_server;
                    server_name open.nginx.test;
                    location = /admin { return 200 "PART=protected\\nHTTP_X_PASSED=$http_x_passed\\n"; }
                    location /admin/ { return 200 "PART=protected\\nHTTP_X_PASSED=$http_x_passed\\n"; }
                    location / { return 200 "PART=open\\n"; }
                }
                server {
                    listen 127.0.0.1:PORT;
                    server_name secret.nginx.test;
                    location / { return 200 "PART=protected\\nHTTP_X_PASSED=$http_x_passed\\n"; }
                }
            }
            """;

    private final Process process;

    NginxApplication(Path folder) throws IOException {
        this(folder, PortAllocator.next());
    }

    private NginxApplication(Path folder, int port) throws IOException {
        super("nginx", port);
        Path config = write(
                folder.resolve("nginx.conf"),
                CONFIG.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port)));
        process = start(folder, "/usr/sbin/nginx", "-c", config.toString(), "-p", folder.toString());
    }

    @Override
    boolean showsHeaders() {
        return false;
    }

    @Override
    public void close() {
        end(process);
    }
}
