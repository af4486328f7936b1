package io.interlock.caddy;

import io.interlock.testkit.PackagingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tests the jar as it is delivered. */
@Tag("engine")
class CaddyPackagingIT extends PackagingContract {

    @Override
    protected Path jar() {
        return Path.of(System.getProperty("plugin.jar"));
    }

    @Override
    protected String section() {
        return "{\"ingress_networks\": [\"caddy\"], \"automatic_https\": true}";
    }
}
