package ${package};

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import io.interlock.testkit.DnsProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Contract of every DNS provider. */
class ZoneFileContractTest extends DnsProviderContract {

    private Path records = Path.of("");

    @Override
    protected DnsProvider create(PluginContext host) {
        records = host.dataDirectory().resolve("records.txt");
        return new ZoneFileFactory().create(new ZoneFileConfig(Optional.empty()), host);
    }

    @Override
    protected String zone() {
        return "example.com";
    }

    @Override
    protected List<String> values(String name) throws IOException {
        String begin = name + ". TXT \"";
        return Files.readAllLines(records).stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length(), line.length() - 1))
                .toList();
    }
}
