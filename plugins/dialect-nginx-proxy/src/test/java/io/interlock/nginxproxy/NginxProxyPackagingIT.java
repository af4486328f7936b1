package io.interlock.nginxproxy;

import io.interlock.testkit.PackagingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tests the jar as it is delivered. */
@Tag("engine")
class NginxProxyPackagingIT extends PackagingContract {

    @Override
    protected Path jar() {
        return Path.of(System.getProperty("plugin.jar"));
    }

    @Override
    protected String section() {
        return "{\"default_host\": \"www.example.com\", \"https_method\": \"redirect\"}";
    }
}
