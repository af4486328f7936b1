package io.interlock.app.plugin.guard;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls of dialects that do not return. */
@Tag("unit")
class DialectGuardTest {

    private static final PluginTimeLimits SHORT =
            new PluginTimeLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(300));

    private static final DialectInput CONTAINER =
            new DialectInput("web", Map.of("demo.host", "a.example.com"), Map.of(), List.of(80), List.of("bridge"));

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private DialectGuard guard = newGuard();

    @AfterEach
    void close() {
        end.countDown();
    }

    private static DialectGuard newGuard() {
        return new DialectGuard("dialect-demo", DialectGuardTest.class.getClassLoader(), SHORT);
    }

    /** A dialect whose translations end with the test. */
    private LabelDialect hanging() {
        return new LabelDialect() {
            @Override
            public DialectSources sources() {
                return new DialectSources(Set.of("demo."), Set.of(), false);
            }

            @Override
            public DialectTranslation translate(DialectInput container) {
                calls.incrementAndGet();
                while (true) {
                    try {
                        end.await();
                        return DialectTranslation.NOTHING;
                    } catch (InterruptedException e) {
                        // A dialect that hangs may ignore it.
                    }
                }
            }
        };
    }

    /** The short limit also holds for the creation, which a slow machine may need more than one attempt for. */
    private LabelDialect open() {
        return await().until(
                        () -> {
                            guard = newGuard();
                            try {
                                return List.of(guard.open(this::hanging));
                            } catch (DialectFailedException e) {
                                return List.<LabelDialect>of();
                            }
                        },
                        opened -> !opened.isEmpty())
                .getFirst();
    }

    @Test
    void aContainerIsLeftOutIfTheDialectHangs() {
        DialectTranslation translation = open().translate(CONTAINER);

        assertThat(translation.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.effect()).isEqualTo(DialectFinding.Effect.LEFT_OUT);
            assertThat(finding.reason()).contains("dialect-demo", "within");
        });
        assertThat(guard.trouble()).isPresent();
    }

    @Test
    void aDialectThatHangsIsNotAskedAgain() {
        LabelDialect dialect = open();

        for (int i = 0; i < 3; i++) {
            assertThat(dialect.translate(CONTAINER).findings()).hasSize(1);
        }

        assertThat(calls).hasValueLessThanOrEqualTo(1);
    }
}
