package io.interlock.haproxy.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;

/** Servlets in Tomcat, which takes the client's address, the scheme and the host from the proxy before it. */
final class TomcatApplication extends ApplicationServer {

    private static final String NAME = "tomcat";

    private final Tomcat tomcat;

    TomcatApplication(Path folder) throws LifecycleException {
        this(started(folder));
    }

    private TomcatApplication(Tomcat tomcat) {
        super(NAME, tomcat.getConnector().getLocalPort());
        this.tomcat = tomcat;
    }

    private static Tomcat started(Path folder) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("localhost");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        RemoteIpValve proxy = new RemoteIpValve();
        proxy.setHostHeader("X-Forwarded-Host");
        proxy.setProtocolHeader("X-Forwarded-Proto");
        tomcat.getHost().getPipeline().addValve(proxy);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "admin", new PartServlet(true)).addMapping("/admin/*");
        Tomcat.addServlet(context, "open", new PartServlet(false)).addMapping("/");
        tomcat.start();
        return tomcat;
    }

    @Override
    public void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException(e);
        }
    }

    private static final class PartServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final boolean isAdmin;

        PartServlet(boolean isAdmin) {
            this.isAdmin = isAdmin;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String host = request.getServerName().replaceAll("[.]$", "").toLowerCase(Locale.ROOT);
            boolean isProtected = isAdmin || host.equals("secret." + NAME + ".test");
            StringBuilder text = new StringBuilder("PART=" + (isProtected ? "protected" : "open") + "\nCLIENT="
                    + request.getRemoteAddr() + "\nSCHEME=" + request.getScheme());
            for (String name : Collections.list(request.getHeaderNames())) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    text.append("\nHTTP_")
                            .append(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                            .append('=')
                            .append(value);
                }
            }
            byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            response.setContentType("text/plain");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
