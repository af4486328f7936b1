package io.interlock.haproxy.application;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Apache httpd with a CGI program. */
final class ApacheApplication extends ApplicationServer {

    private static final String CONFIG = """
            ServerRoot FOLDER
            PidFile FOLDER/httpd.pid
            DefaultRuntimeDir FOLDER
            ErrorLog FOLDER/error.log
            Listen 127.0.0.1:PORT
            ServerName localhost
            UseCanonicalName Off
            LoadModule mpm_prefork_module MODULES/mod_mpm_prefork.so
            LoadModule authz_core_module MODULES/mod_authz_core.so
            LoadModule env_module MODULES/mod_env.so
            LoadModule alias_module MODULES/mod_alias.so
            LoadModule cgi_module MODULES/mod_cgi.so
            StartServers 2
            User www-data
            Group www-data
            SetEnv PART open
            ScriptAliasMatch ".*" FOLDER/answer.sh
            <Directory FOLDER>
                Require all granted
            </Directory>
            <Location "/admin">
                SetEnv PART protected
            </Location>
            <VirtualHost *:PORT>
                ServerName open.apache.test
            </VirtualHost>
            <VirtualHost *:PORT>
                ServerName secret.apache.test
                SetEnv PART protected
            </VirtualHost>
            """;

    private static final String ANSWER = """
            #!/bin/sh
            body=$(env | grep -E '^(PART|HTTP_)')
            printf 'Content-Type: text/plain\\r\\nContent-Length: %d\\r\\n\\r\\n%s' "${#body}" "$body"
            """;

    private final Process process;

    ApacheApplication(Path folder) throws IOException {
        this(folder, PortAllocator.next());
    }

    private ApacheApplication(Path folder, int port) throws IOException {
        super("apache", port);
        Files.setPosixFilePermissions(
                write(folder.resolve("answer.sh"), ANSWER), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path config = write(
                folder.resolve("httpd.conf"),
                CONFIG.replace("FOLDER", folder.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("MODULES", "/usr/lib/apache2/modules"));
        process = start(folder, "/usr/sbin/apache2", "-f", config.toString(), "-DFOREGROUND");
    }

    @Override
    public void close() {
        end(process);
    }
}
