package io.interlock.testkit;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each sentence of the dialects' contract catches a broken dialect. */
@Tag("unit")
class DialectFaultsTest {

    private static final Set<String> FAULTS = Set.of(
            "aRowMeansWhatItSays",
            "theNamesOfRowsAreDifferent",
            "theDialectReadsWhatTheTableHas",
            "theSameContainerAlwaysHasAnEqualTranslation",
            "anotherContainerBetweenChangesNoTranslation",
            "aContainerWithoutLabelsOfItsAsksForNothing",
            "whateverALabelSaysATranslationTakesLittleWorkAndIsWithinBounds");

    private static final String LABEL = "sample.host";

    private static volatile String fault = "";

    @Test
    void eachSentenceCatchesABrokenDialect() {
        new ContractFaultCheck(SampleDialectContract.class, broken -> fault = broken)
                .requireEachSentenceToCatchItsFault(FAULTS);
    }

    private static boolean is(String sentence) {
        return fault.equals(sentence);
    }

    /** The contract of a dialect with one label. */
    static class SampleDialectContract extends DialectContract {

        @Override
        protected LabelDialect dialect() {
            return new SampleDialect();
        }

        @Override
        protected List<DialectCase> table() {
            List<DialectCase> rows =
                    new ArrayList<>(List.of(row("one", "a.example.com"), row("other", "b.example.com")));
            if (is("theNamesOfRowsAreDifferent")) {
                rows.add(row("one", "c.example.com"));
            }
            return rows;
        }

        private static DialectCase row(String name, String host) {
            DialectInput container =
                    new DialectInput("web", Map.of(LABEL, host), Map.of(), List.of(80), List.of("bridge"));
            return new DialectCase(name, container, "hostname=" + host);
        }
    }

    private static final class SampleDialect implements LabelDialect {

        private static int calls;
        private String former = "";

        @Override
        public DialectSources sources() {
            String prefix = is("theDialectReadsWhatTheTableHas") ? "other." : "sample.";
            return new DialectSources(Set.of(prefix), Set.of(), false);
        }

        @Override
        public DialectTranslation translate(DialectInput container) {
            String host = container.labels().get(LABEL);
            if (host == null && !is("aContainerWithoutLabelsOfItsAsksForNothing")) {
                return DialectTranslation.NOTHING;
            }
            String value =
                    is("aRowMeansWhatItSays") ? "wrong.example.com" : host == null ? "default.example.com" : host;
            if (is("theSameContainerAlwaysHasAnEqualTranslation")) {
                value += calls++;
            }
            if (is("anotherContainerBetweenChangesNoTranslation") && !former.isEmpty()) {
                value = former;
            }
            former = host == null ? "" : host;
            if (is("whateverALabelSaysATranslationTakesLittleWorkAndIsWithinBounds") && value.contains("(")) {
                throw new IllegalArgumentException("not a name: " + value);
            }
            return new DialectTranslation(
                    Map.of("hostname", new DialectField(Set.of(LABEL), List.of(value))),
                    Map.of(),
                    List.<DialectFinding>of());
        }
    }
}
