package io.interlock.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.fixture.SampleSnapshots;
import io.interlock.stats.fixture.TestSinkContext;
import io.interlock.stats.fixture.WebDriverBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the dashboard in a real browser. */
@Tag("engine")
class DashboardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private @Nullable WebDriverBrowser browser;
    private @Nullable StatisticsSink sink;

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void showsWhatIsServedAndFollowsEachChange() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.one());
        awaitText(page, "www.0.example");
        assertThat(page.text()).contains("ready").contains("1/1 up").doesNotContain("www.1.example");
        sink().accept(SampleSnapshots.of(2));
        awaitText(page, "www.1.example");
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void whatAContainerSaysIsTextAndNeverMarkup() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.one());
        awaitText(page, "www.0.example");
        page.click(".toggle");
        awaitText(page, SampleSnapshots.HOSTILE);
        page.click("a[href='#problems']");
        awaitText(page, "INTERLOCK_DATA.port");
        assertThat(page.text()).contains(SampleSnapshots.HOSTILE).contains("give a number from 1 to 65535");
        assertThat(page.value("document.querySelectorAll('script').length").asInt())
                .isEqualTo(1);
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void showsWhoseNamesAreAndWhatWasRefused() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.one());
        awaitText(page, "www.0.example");
        page.click("a[href='#owners']");
        awaitText(page, "project shop");
        assertThat(page.text())
                .contains("www.0.example")
                .contains("belongs to project other")
                .contains(SampleSnapshots.HOSTILE);
        assertThat(page.value("document.querySelectorAll('script').length").asInt())
                .isEqualTo(1);
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void isUsedWithTheKeyboardAlone() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.of(3));
        awaitText(page, "www.2.example");
        page.type("/");
        assertThat(page.value("document.activeElement.id").asText()).isEqualTo("search");
        page.type("web-1");
        await().atMost(PATIENCE).until(() -> !page.text().contains("www.2.example"));
        assertThat(page.text()).contains("www.1.example").doesNotContain("www.0.example");
        String enter = "\uE007";
        page.type(enter);
        awaitText(page, "nothing here has this name");
        assertThat(page.text()).contains("Did you mean www.0.example?");
    }

    @Test
    void aThousandRoutesStayReadable() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.of(1000));
        awaitText(page, "1000 ROUTES");
        int rows = page.value("document.querySelectorAll('tbody tr').length").asInt();
        assertThat(rows).isBetween(50, 200);
        page.type("/www.777.");
        await().atMost(PATIENCE).until(() -> page.text().contains("www.777.example"));
    }

    @Test
    void everyControlHasAName() throws Exception {
        WebDriverBrowser page = show(SampleSnapshots.of(3));
        awaitText(page, "www.2.example");
        assertThat(page.value("[...document.querySelectorAll('button, a, svg, input')].filter(e => !(e.innerText ||"
                                + " e.getAttribute('aria-label') || (e.labels && e.labels.length))).length")
                        .asInt())
                .isZero();
        assertThat(page.value("document.documentElement.lang").asText()).isEqualTo("en");
    }

    private WebDriverBrowser show(StatsSnapshot snapshot) throws Exception {
        StatsConfig config = new StatsConfig(
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of());
        StatisticsSink started =
                (StatisticsSink) new StatsFactory().create(config, new TestSinkContext(snapshot, folder));
        sink = started;
        started.accept(snapshot);
        WebDriverBrowser page = WebDriverBrowser.start(Files.createDirectory(folder.resolve("profile")), false);
        browser = page;
        page.open("http://127.0.0.1:" + started.port() + "/");
        return page;
    }

    private StatisticsSink sink() {
        if (sink == null) {
            throw new IllegalStateException("not started");
        }
        return sink;
    }

    private static void awaitText(WebDriverBrowser page, String text) {
        await().atMost(PATIENCE)
                .ignoreException(IOException.class)
                .untilAsserted(() -> assertThat(page.text()).containsIgnoringCase(text));
    }
}
