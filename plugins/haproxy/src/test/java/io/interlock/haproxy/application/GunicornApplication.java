package io.interlock.haproxy.application;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;

/** WSGI application in gunicorn. It resolves dot segments and merges slashes, as many frameworks do. */
final class GunicornApplication extends ApplicationServer {

    private static final String APPLICATION = """
            import posixpath

            def application(environ, start_response):
                path = posixpath.normpath('/' + environ['PATH_INFO'].lstrip('/'))
                host = environ.get('HTTP_X_FORWARDED_HOST', environ.get('HTTP_HOST', ''))
                host = host.split(',')[0].strip().split(':')[0].rstrip('.').lower()
                part = 'open'
                if path == '/admin' or path.startswith('/admin/') or host == 'secret.gunicorn.test':
                    part = 'protected'
                lines = ['PART=' + part, 'SCHEME=' + environ['wsgi.url_scheme'], 'SCRIPT=' + environ['SCRIPT_NAME']]
                lines += [name + '=' + value for name, value in environ.items() if name.startswith('HTTP_')]
                body = '\\n'.join(lines).encode('latin-1', 'replace')
                start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(len(body)))])
                return [body]
            """;

    private final Process process;

    GunicornApplication(Path folder) throws IOException {
        this(folder, PortAllocator.next());
    }

    private GunicornApplication(Path folder, int port) throws IOException {
        super("gunicorn", port);
        write(folder.resolve("protected_site.py"), APPLICATION);
        process = start(
                folder,
                "/usr/bin/gunicorn",
                "--bind",
                "127.0.0.1:" + port,
                "--threads",
                "4",
                "--chdir",
                folder.toString(),
                "protected_site:application");
    }

    @Override
    public void close() {
        end(process);
    }
}
