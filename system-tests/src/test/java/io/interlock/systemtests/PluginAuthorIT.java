package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.PluginBuild;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.Settings;
import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.FreePorts;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.process.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody else writes a plugin, with what is published and what the guide says. */
@Tag("engine")
class PluginAuthorIT {

    private static final Pattern FILE_OF_THE_GUIDE =
            Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);

    private final Engine engine = Engine.connect();

    @AfterEach
    void removeContainers() throws IOException {
        engine.close();
    }

    @Test
    void nginxBuiltElsewhereServesBesideHaproxy() throws Exception {
        Path jar = PluginBuild.inNewFolder().filesOf("plugins/example-nginx").jar();
        int nginxPort = FreePorts.next();
        Settings settings = settingsWith(jar);
        settings.with(file -> file.putObject("plugins").putObject("nginx").put("port", nginxPort));
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            String host = Names.newHost();
            SampleContainer container = engine.sample().hostname(host).start();
            interlock.awaitServedBy(container, host);
            interlock.awaitThat("nginx serves it too", () -> {
                try (HttpConnection http =
                        HttpConnection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nginxPort))) {
                    return http.get(host, "/name").body().strip().equals(container.name());
                }
            });
            interlock.stop();
            assertThat(FreePorts.isFree(nginxPort)).as("nginx has gone").isTrue();
        }
    }

    @Test
    void theGuideLeadsToARunningPlugin() throws Exception {
        PluginBuild build = PluginBuild.inNewFolder();
        Matcher files = FILE_OF_THE_GUIDE.matcher(Files.readString(Distribution.projectFile("docs/plugin-guide.md")));
        while (files.find()) {
            build.file(files.group(1), files.group(2));
        }
        Settings settings = settingsWith(build.jar());
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            String host = Names.newHost();
            interlock.awaitServedBy(engine.sample().hostname(host).start(), host);
            Path routes = settings.folder().resolve("data/plugins/routes-file/routes.txt");
            interlock.awaitThat(
                    "the file has the host", () -> Files.readString(routes).contains(host));
        }
    }

    /** A plugins folder with what is delivered and one jar more. */
    private Settings settingsWith(Path jar) throws IOException {
        Settings settings =
                Settings.inNewFolder().engine("local", engine.address().toString());
        Path plugins = Files.createDirectory(settings.folder().resolve("plugins"));
        Path haproxy = Distribution.folder().resolve("plugins/interlock-plugin-haproxy.jar");
        Files.copy(haproxy, plugins.resolve(haproxy.getFileName()));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        return settings.with(file -> file.put("plugins_dir", plugins.toString()));
    }
}
