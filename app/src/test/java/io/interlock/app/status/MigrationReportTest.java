package io.interlock.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.status.MigrationReport.MigratedContainer;
import io.interlock.app.status.MigrationReport.Verdict;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would become of containers with labels for another proxy. */
@Tag("unit")
class MigrationReportTest {

    /** Label {@code demo.FIELD} is a field, {@code demo.!EFFECT} a finding. */
    private static final LabelDialect DEMO = new LabelDialect() {
        @Override
        public DialectSources sources() {
            return new DialectSources(Set.of("demo."), Set.of(), false);
        }

        @Override
        public DialectTranslation translate(DialectInput container) {
            Map<String, DialectField> fields = new TreeMap<>();
            List<DialectFinding> findings = container.labels().entrySet().stream()
                    .filter(label -> label.getKey().startsWith("demo.!"))
                    .map(label -> new DialectFinding(
                            DialectFinding.Effect.valueOf(label.getKey().substring("demo.!".length())),
                            label.getKey(),
                            label.getValue(),
                            "means more",
                            "do it"))
                    .toList();
            container.labels().forEach((label, value) -> {
                if (!label.startsWith("demo.!")) {
                    fields.put(label.substring("demo.".length()), DialectField.of(label, value));
                }
            });
            return new DialectTranslation(fields, Map.of(), findings);
        }
    };

    private final StatusFixture fixture =
            new StatusFixture(new DialectSet(List.of(new NamedDialect("demo", DEMO.sources(), DEMO))));

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ContainerFactsBuilder demo(String name) {
        return ContainerFactsBuilder.named(name).exposes(8080).label("demo.hostname", name + ".example.com");
    }

    private MigrationReport report(ContainerFactsBuilder... containers) {
        fixture.runs(containers);
        return MigrationReportBuilder.of("demo", fixture.view());
    }

    @Test
    void aContainerThatIsServedAsBeforeIsUnderstood() {
        MigrationReport report = report(demo("web").label("demo.path", "/api"));

        assertThat(report.understood()).isTrue();
        assertThat(report.containers()).singleElement().satisfies(container -> {
            assertThat(container.verdict()).isEqualTo(Verdict.SAME);
            assertThat(container.routes()).containsExactly("web.example.com/api");
            assertThat(container.remarks()).isEmpty();
        });
    }

    @Test
    void otherContainersAreNotPartOfIt() {
        assertThat(report(ContainerFactsBuilder.named("own").exposes(80).hostname("own.example.com"))
                        .containers())
                .isEmpty();
    }

    @Test
    void theWorstDecidesAboutAContainer() {
        MigrationReport report = report(
                demo("a").label("demo.!DIFFERS", "v"),
                demo("b").label("demo.!DIFFERS", "v").label("demo.!LOST", "v"),
                demo("c").label("demo.!LOST", "v").label("demo.!LEFT_OUT", "v"),
                demo("d").label("demo.enable", "false"),
                demo("e").paused());

        assertThat(report.containers())
                .extracting(MigratedContainer::verdict)
                .containsExactly(Verdict.DIFFERS, Verdict.LOSES, Verdict.NOT_SERVED, Verdict.OFF, Verdict.WAITING);
        assertThat(report.understood()).isFalse();
        assertThat(report.containers().getFirst().remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.place()).isEqualTo("label demo.!DIFFERS");
            assertThat(remark.value()).isEqualTo("v");
            assertThat(remark.reason()).isEqualTo("means more");
            assertThat(remark.advice()).isEqualTo("do it");
        });
    }

    @Test
    void differencesAreUnderstood() {
        assertThat(report(demo("a").label("demo.!DIFFERS", "v")).understood()).isTrue();
    }

    @Test
    void aWrongValueIsNotServed() {
        assertThat(report(demo("a").label("demo.allow", "nobody")).containers())
                .extracting(MigratedContainer::verdict)
                .containsExactly(Verdict.NOT_SERVED);
    }

    @Test
    void anEngineThatDoesNotAnswerIsNoAnswer() {
        fixture.engine("b", new EngineSnapshot.Connection.Unknown(Optional.of("refused")));
        fixture.runs(demo("web"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MigrationReportBuilder.of("demo", fixture.view()))
                .withMessageContaining("engine b");
    }

    @Test
    void aDialectThatIsNotOnIsNoAnswer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MigrationReportBuilder.of("other", fixture.view()))
                .withMessageContaining("other");
    }
}
