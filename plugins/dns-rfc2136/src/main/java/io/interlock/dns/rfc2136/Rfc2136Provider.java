package io.interlock.dns.rfc2136;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Update;

/** Sends dynamic updates to the primary server of the zones, by TCP. */
final class Rfc2136Provider implements DnsProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<Integer, String> ADVICE = Map.of(
            Rcode.NOTAUTH, "it is not the primary server of the zone, or it does not know the key",
            Rcode.BADKEY, "it does not know the key, or knows it with another algorithm",
            Rcode.BADSIG, "the secret of the key is another there",
            Rcode.BADTIME, "the clocks differ by more than five minutes",
            Rcode.REFUSED, "it does not allow the key to change this record",
            Rcode.NOTIMP, "it does not take dynamic updates",
            Rcode.NOTZONE, "the record is not in the zone");

    private final String host;
    private final int port;
    private final Optional<TSIG> key;
    private final int ttl;

    Rfc2136Provider(String host, int port, Optional<TSIG> key, int ttl) {
        this.host = host;
        this.port = port;
        this.key = key;
        this.ttl = ttl;
    }

    @Override
    public void present(ChallengeRecord record) throws IOException {
        Update update = new Update(name(record.zone()));
        update.add(text(record));
        send(update);
    }

    @Override
    public void cleanUp(ChallengeRecord record) throws IOException {
        Update update = new Update(name(record.zone()));
        update.delete(text(record));
        send(update);
    }

    private TXTRecord text(ChallengeRecord record) throws IOException {
        return new TXTRecord(name(record.name()), DClass.IN, ttl, record.value());
    }

    private static Name name(String name) throws IOException {
        return Name.fromString(name, Name.root);
    }

    private void send(Update update) throws IOException {
        SimpleResolver server = new SimpleResolver(new InetSocketAddress(InetAddress.getAllByName(host)[0], port));
        server.setTCP(true);
        server.setTimeout(PATIENCE);
        key.ifPresent(server::setTSIGKey);
        Message answer = server.send(update);
        int code = answer.getTSIG() != null && answer.getTSIG().getError() != Rcode.NOERROR
                ? answer.getTSIG().getError()
                : answer.getRcode();
        if (code != Rcode.NOERROR) {
            throw new IOException("name server " + host + ":" + port + " refuses the update with "
                    + (code < 16 ? Rcode.string(code) : Rcode.TSIGstring(code))
                    + Optional.ofNullable(ADVICE.get(code))
                            .map(why -> ": " + why)
                            .orElse(""));
        }
    }

    /** Ends the library's threads. */
    @Override
    public void close() {
        NioClient.close();
    }
}
