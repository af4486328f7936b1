package io.interlock.app.cli.compare;

import io.interlock.app.cli.compare.ComparisonReport.AnswerDifference;
import io.interlock.app.cli.compare.ComparisonReport.DifferentAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Asks another proxy and Interlock the same requests. One after the other: both serve clients meanwhile. */
public final class ProxyComparator {

    private final String before;
    private final String after;
    private final AnswerProbe old;
    private final AnswerProbe interlock;

    /**
     * @param before address of the other proxy, {@code http://HOST:PORT}
     * @param after address of Interlock
     * @throws IllegalArgumentException if an address is none
     */
    public ProxyComparator(String before, String after) {
        this.before = before;
        this.after = after;
        this.old = new AnswerProbe(before);
        this.interlock = new AnswerProbe(after);
    }

    /**
     * Compares the answers for each route.
     *
     * @param routes as the report on a migration has them
     * @throws IOException if one of them answers nothing
     */
    public ComparisonReport compare(Collection<String> routes) throws IOException {
        List<DifferentAnswer> different = new ArrayList<>();
        List<ComparedRequest> requests = ComparedRequest.of(routes);
        for (ComparedRequest request : requests) {
            List<AnswerDifference> differences = differences(request);
            if (!differences.isEmpty()) {
                different.add(new DifferentAnswer(request.host(), request.path(), differences));
            }
        }
        return new ComparisonReport(before, after, requests.size(), different);
    }

    /** Asks a second time only if the bodies differ: containers may answer differently by themselves. */
    private List<AnswerDifference> differences(ComparedRequest request) throws IOException {
        ProxyAnswer one = old.ask(request);
        ProxyAnswer other = interlock.ask(request);
        List<AnswerDifference> differences = AnswerComparison.of(one, other, true);
        if (differences.stream().noneMatch(difference -> difference.what().equals(AnswerComparison.BODY))) {
            return differences;
        }
        boolean isSteady = old.ask(request).body().equals(one.body())
                && interlock.ask(request).body().equals(other.body());
        return AnswerComparison.of(one, other, isSteady);
    }
}
