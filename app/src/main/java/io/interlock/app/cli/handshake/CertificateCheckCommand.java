package io.interlock.app.cli.handshake;

import io.interlock.api.topology.HostName;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes a handshake for a name, and explains what a client sees. Needs no running Interlock of this machine. */
public final class CertificateCheckCommand {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;

    public CertificateCheckCommand(PrintWriter out, PrintWriter err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /**
     * What to check.
     *
     * @param name the name that the client asks for
     * @param server where to connect, as {@code HOST:PORT}; empty: this machine
     * @param port the port of HTTPS on this machine
     * @param roots a file with the certificates that the client trusts; empty: those that Java trusts
     * @param leastDays the certificate must be valid for at least as many days
     */
    public record Request(String name, Optional<String> server, int port, Optional<Path> roots, int leastDays) {}

    /** Result of a check. */
    public enum Verdict {
        /** A client accepts the certificate. */
        ACCEPTED,
        /** A client refuses it, or there is no handshake, or it ends soon. */
        REFUSED,
        /** The request is wrong. */
        INVALID
    }

    /** Makes the check, and prints what a client sees. */
    public Verdict make(Request request) {
        try {
            HostName name = HostName.of(request.name());
            if (!name.isExact()) {
                throw new IllegalArgumentException("\"" + name + "\" is no single name: give one that clients ask for");
            }
            List<X509Certificate> roots = request.roots().isPresent()
                    ? PemText.certificates(PemText.read(request.roots().get()))
                    : List.of();
            return check(name, address(request), roots, request.leastDays());
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            err.println("interlock: " + ErrorMessages.reason(e));
            return Verdict.INVALID;
        }
    }

    private Verdict check(HostName name, InetSocketAddress server, List<X509Certificate> roots, int leastDays) {
        HandshakeAssessment assessment;
        try {
            assessment =
                    HandshakeAssessment.of(name, HandshakeProbe.make(server, name, roots), clock.instant(), leastDays);
        } catch (IOException e) {
            out.println("REFUSED: " + ErrorMessages.reason(e));
            return Verdict.REFUSED;
        }
        out.println(
                assessment.problems().isEmpty()
                        ? "ACCEPTED: a client accepts the certificate for " + name
                        : "REFUSED: " + String.join("; ", assessment.problems()));
        out.println();
        assessment.lines().forEach(line -> out.println("  " + line));
        return assessment.problems().isEmpty() ? Verdict.ACCEPTED : Verdict.REFUSED;
    }

    private static InetSocketAddress address(Request request) throws IOException {
        if (request.server().isEmpty()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), request.port());
        }
        String server = request.server().get();
        int colon = server.lastIndexOf(':');
        try {
            String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
            return new InetSocketAddress(
                    InetAddress.getAllByName(host)[0], Integer.parseInt(server.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("\"" + server + "\" is no HOST:PORT", e);
        }
    }
}
