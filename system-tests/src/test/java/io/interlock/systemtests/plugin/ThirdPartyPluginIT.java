package io.interlock.systemtests.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.ThirdPartyPluginBuild;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that a third party can write a plugin with the published artifacts alone. */
@Tag("engine")
class ThirdPartyPluginIT {

    private final LocalEngine engine = LocalEngine.connect();

    @AfterEach
    void removeContainers() throws IOException {
        engine.close();
    }

    @Test
    void nginxBuiltElsewhereServesBesideHaproxy() throws Exception {
        Path jar = ThirdPartyPluginBuild.inNewFolder()
                .filesOf("plugins/example-nginx")
                .jar();
        int nginxPort = PortAllocator.next();
        ConfigFileBuilder settings = settingsWith(jar);
        settings.with(file -> file.putObject("plugins").putObject("nginx").put("port", nginxPort));
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            String host = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(host).start();
            interlock.awaitServedBy(container, host);
            interlock.awaitThat("nginx serves it too", () -> {
                try (HttpConnection http =
                        HttpConnection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nginxPort))) {
                    return http.get(host, "/name").body().strip().equals(container.name());
                }
            });
            interlock.stop();
            assertThat(PortAllocator.isFree(nginxPort)).as("nginx has gone").isTrue();
        }
    }

    /** A configuration with a plugins folder that holds the delivered plugins and one more jar. */
    private ConfigFileBuilder settingsWith(Path jar) throws IOException {
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        Path plugins = Files.createDirectory(settings.folder().resolve("plugins"));
        Path haproxy = DistributionFiles.folder().resolve("plugins/interlock-plugin-haproxy.jar");
        Files.copy(haproxy, plugins.resolve(haproxy.getFileName()));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        return settings.with(file -> file.put("plugins_dir", plugins.toString()));
    }
}
