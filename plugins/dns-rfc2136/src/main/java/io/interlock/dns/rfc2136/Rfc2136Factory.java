package io.interlock.dns.rfc2136;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.plugin.PluginContext;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.pf4j.Extension;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/** Creates the provider; Interlock finds this class in the plugin's jar. */
@Extension
public final class Rfc2136Factory implements DnsProviderFactory<Rfc2136Config> {

    static {
        // A hook of the process would keep the plugin's classes; the provider ends the library's threads itself.
        System.setProperty("dnsjava.nio.register_shutdown_hook", "false");
    }

    @Override
    public String type() {
        return "rfc2136";
    }

    @Override
    public Class<Rfc2136Config> configType() {
        return Rfc2136Config.class;
    }

    @Override
    public DnsProvider create(Rfc2136Config config, PluginContext context) throws IOException {
        String server = config.server()
                .orElseThrow(() -> new IOException("\"server\" is missing: the primary server of your zones"));
        Optional<TSIG> key = config.keyName().isEmpty()
                ? Optional.empty()
                : Optional.of(new TSIG(
                        Name.fromString(algorithm(config.keyAlgorithm()), Name.root),
                        Name.fromString(config.keyName().get(), Name.root),
                        Base64.getDecoder().decode(config.secret())));
        return new Rfc2136Provider(Rfc2136Config.host(server), config.serverPort(), key, config.ttl());
    }

    private static String algorithm(String name) {
        return name.equals("hmac-md5") ? TSIG.HMAC_MD5.toString() : name + ".";
    }
}
