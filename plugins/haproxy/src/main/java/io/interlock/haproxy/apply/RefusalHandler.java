package io.interlock.haproxy.apply;

import io.interlock.api.topology.Topology;
import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.process.HaproxyAlert;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.quarantine.AlertPartResolver;
import io.interlock.haproxy.quarantine.RefusedPartDetector;
import io.interlock.haproxy.quarantine.RefusedParts;
import io.interlock.haproxy.quarantine.ValidationResult;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.LineOwners;
import io.interlock.haproxy.render.TemplateException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the parts of a configuration that HAProxy refuses, and has them excluded from then on. Confined to one thread;
 * no other thread may write files meanwhile.
 */
final class RefusalHandler {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /** Shorter than the plugin host's time limit for an apply, which leaves time to load the accepted rest. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private static final int MOST_JUDGEMENTS = 400;

    /** Backend that a sound template has no reason to refuse. */
    private static final BackendSpec HARMLESS = new BackendSpec(
            "interlock_sample",
            List.of("option forwardfor"),
            List.of(new ServerSpec(
                    "sample", InetAddress.getLoopbackAddress(), 80, 1, ServerSpec.FULL_WEIGHT, new ServerTraits(5000))),
            List.of());

    private final DesiredConfigSource source;
    private final ConfigStore files;
    private @Nullable ConfigTemplate sound;
    private @Nullable DesiredConfig accepted;
    private int checks;

    RefusalHandler(DesiredConfigSource source, ConfigStore files) {
        this.source = source;
        this.files = files;
    }

    /** Records a configuration that HAProxy accepted. Parts that are not in it are suspected first. */
    void accepted(DesiredConfig desired) {
        accepted = desired;
    }

    /**
     * Finds and excludes the parts of the topology that HAProxy refuses.
     *
     * @throws HaproxyException.InvalidConfig if HAProxy refuses the configuration whatever is excluded
     * @throws HaproxyException if HAProxy cannot be asked, or if there is too much to find in one call: the parts found
     *     so far are excluded, and the next call continues
     */
    void examine(Topology topology) throws TemplateException, HaproxyException, InterruptedException {
        checks = 0;
        long began = System.nanoTime();
        Draft draft = source.draft(topology);
        requireSound(draft);
        DesiredConfig trusted = accepted == null ? with(draft.desired(), List.of()) : accepted;
        RefusedParts culprits = new RefusedPartDetector<HaproxyException>(
                        candidate -> validator(candidate, draft.template()),
                        validations -> validations >= MOST_JUDGEMENTS || System.nanoTime() - began > LIMIT.toNanos())
                .find(draft.desired(), trusted);
        source.quarantine(topology, culprits.reasons());
        log.warn(
                "left out after HAProxy refused its configuration: {} parts of it, found by {} checks{}",
                culprits.reasons().size(),
                checks,
                culprits.complete() ? "" : "; there are more");
        if (!culprits.complete()) {
            throw new HaproxyException("HAProxy refuses more than could be found by " + checks + " checks; "
                    + culprits.reasons().size() + " parts of the configuration were found so far");
        }
    }

    /**
     * Checks the template alone, because a template that HAProxy refuses with any content is not the fault of a part.
     */
    private void requireSound(Draft draft) throws TemplateException, HaproxyException, InterruptedException {
        if (draft.template().equals(sound)) {
            return;
        }
        HaproxyException.InvalidConfig refusal = null;
        for (DesiredConfig sample : samples(draft.desired())) {
            try {
                check(new Draft(sample, draft.template(), List.of()));
                if (!sample.backends().isEmpty()) {
                    sound = draft.template();
                    return;
                }
            } catch (HaproxyException.InvalidConfig e) {
                refusal = e;
                if (sample.backends().isEmpty()) {
                    break;
                }
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * Configurations to check the template with: a harmless one, an empty one, and a part of the desired one, for which
     * the template may have been written.
     */
    private static List<DesiredConfig> samples(DesiredConfig desired) {
        List<DesiredConfig> samples = new ArrayList<>();
        samples.add(with(desired, List.of(HARMLESS)));
        samples.add(with(desired, List.of()));
        List<BackendSpec> backends = desired.backends();
        if (!backends.isEmpty()) {
            samples.add(with(desired, List.of(backends.getFirst())));
            samples.add(with(desired, List.of(backends.get(backends.size() / 2))));
            samples.add(with(desired, List.of(backends.getLast())));
        }
        return samples;
    }

    private static DesiredConfig with(DesiredConfig desired, List<BackendSpec> backends) {
        return new DesiredConfig(desired.frame(), backends, List.of());
    }

    private ValidationResult validator(DesiredConfig candidate, ConfigTemplate template)
            throws HaproxyException, InterruptedException {
        Draft draft = new Draft(candidate, template, List.of());
        try {
            check(draft);
            return new ValidationResult.Accepted();
        } catch (HaproxyException.InvalidConfig refusal) {
            return new ValidationResult.Refused(complaints(refusal.alerts(), draft));
        } catch (TemplateException e) {
            throw new HaproxyException(String.valueOf(e.getMessage()), e);
        }
    }

    private void check(Draft draft) throws TemplateException, HaproxyException, InterruptedException {
        checks++;
        files.check(source.render(draft));
    }

    private List<ValidationResult.Alert> complaints(List<HaproxyAlert> alerts, Draft draft) throws HaproxyException {
        try {
            LineOwners owners = source.owners(draft);
            AlertPartResolver names = new AlertPartResolver(draft.desired());
            return alerts.stream()
                    .map(alert -> new ValidationResult.Alert(
                            alert.text(), alert.line().flatMap(owners::of).or(() -> names.in(alert.text()))))
                    .toList();
        } catch (TemplateException e) {
            throw new HaproxyException(String.valueOf(e.getMessage()), e);
        }
    }
}
