package io.interlock.stats;

import io.interlock.stats.fixture.WebDriverBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Takes the pictures of docs/images. Arguments: the address of the dashboard of a running Interlock, the folder for the
 * pictures, and a host that it serves. Not a test; run its main method.
 */
final class DashboardScreenshots {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ENOUGH = 12;
    private static final String ENTER = "\uE007";

    private DashboardScreenshots() {}

    public static void main(String[] arguments) throws Exception {
        String address = arguments[0];
        Path folder = Path.of(arguments[1]);
        String host = arguments[2];
        take(address, folder, host, false, "");
        take(address, folder, host, true, "-dark");
    }

    private static void take(String address, Path folder, String host, boolean dark, String suffix) throws Exception {
        Path profile = Files.createTempDirectory("screenshots").resolve("profile");
        Files.createDirectory(profile);
        try (WebDriverBrowser page = WebDriverBrowser.start(profile, dark)) {
            page.open(address);
            await(page, host);
            // The charts show past values, so some values must exist first.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> page.value("Math.max(...[...document.querySelectorAll('svg polyline')].map(line =>"
                                            + " line.points.numberOfItems))")
                                    .asInt()
                            > ENOUGH);
            page.click(".toggle");
            page.screenshot(folder.resolve("dashboard" + suffix + ".png"));
            if (!dark) {
                for (String view : new String[] {"problems", "timeline", "engines", "plugins"}) {
                    page.click("a[href='#" + view + "']");
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> page.value("location.hash").asText().equals("#" + view));
                    page.screenshot(folder.resolve("dashboard-" + view + ".png"));
                }
                page.click("a[href='#routes']");
                page.type("/" + host + ENTER);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> page.value("document.querySelector('.explanation') !== null")
                                .asBoolean());
                page.screenshot(folder.resolve("dashboard-explain.png"));
            }
        }
    }

    private static void await(WebDriverBrowser page, String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(IOException.class)
                .until(() -> page.text().contains(text));
    }
}
