package io.interlock.stats.webhook;

import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.stats.fixture.SampleSnapshots;
import java.util.List;
import java.util.Optional;

/** Statuses with certain problems. */
final class WebhookStatuses {

    private WebhookStatuses() {}

    static InterlockStatus with(Problem... problems) {
        InterlockStatus sample = SampleSnapshots.of(1).host();
        return new InterlockStatus(
                sample.at(),
                sample.version(),
                sample.startedAt(),
                sample.ready(),
                sample.topology(),
                sample.engines(),
                sample.containers(),
                sample.plugins(),
                sample.loadBalancers(),
                sample.sinks(),
                List.of(problems),
                sample.events(),
                sample.process(),
                sample.tls(),
                sample.owners());
    }

    static Problem problem(Severity severity, String subject, String reason) {
        return new Problem(
                severity,
                Problem.Source.CONTAINER,
                subject,
                Optional.empty(),
                Optional.empty(),
                "interlock.port",
                "",
                reason,
                "not served",
                "");
    }
}
