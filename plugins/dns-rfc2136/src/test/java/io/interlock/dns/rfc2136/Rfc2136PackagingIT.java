package io.interlock.dns.rfc2136;

import io.interlock.testkit.PackagingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tests the jar as it is delivered. */
@Tag("engine")
class Rfc2136PackagingIT extends PackagingContract {

    @Override
    protected Path jar() {
        return Path.of(System.getProperty("plugin.jar"));
    }

    @Override
    protected String section() {
        return "{\"server\": \"192.0.2.1\", \"key_name\": \"k\", \"key_secret\": \"c2VjcmV0IG9mIGEga2V5\"}";
    }
}
