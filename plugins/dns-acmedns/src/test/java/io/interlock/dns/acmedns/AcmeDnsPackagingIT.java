package io.interlock.dns.acmedns;

import io.interlock.testkit.PackagingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tests the jar as it is delivered. */
@Tag("engine")
class AcmeDnsPackagingIT extends PackagingContract {

    @Override
    protected Path jar() {
        return Path.of(System.getProperty("plugin.jar"));
    }

    @Override
    protected String section() {
        return "{\"server\": \"https://auth.example.org\", \"accounts\": [{\"fulldomain\": \"a.auth.example.org\", \"subdomain\": \"a\", \"username\": \"u\", \"password\": \"p\"}]}";
    }
}
