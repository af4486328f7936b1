package io.interlock.dns.exec;

import io.interlock.testkit.PackagingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tests the jar as it is delivered. */
@Tag("engine")
class ExecPackagingIT extends PackagingContract {

    @Override
    protected Path jar() {
        return Path.of(System.getProperty("plugin.jar"));
    }

    @Override
    protected String section() {
        return "{\"program\": \"/usr/local/bin/dns\", \"environment\": {\"TOKEN\": \"t\"}, \"timeout\": 10}";
    }
}
