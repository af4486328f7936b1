package io.interlock.app.topology.options;

import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.LabelPrefix;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.FindingText;
import java.util.EnumSet;
import java.util.Set;

/** Decides which fields count that an image brings, and not whoever started the container. */
final class ImageFieldFilter {

    /** Fields that say how the inside of a container works, or that protect it. None of them asks for requests. */
    private static final Set<ContainerField> SAFE = EnumSet.of(
            ContainerField.ENABLE,
            ContainerField.PORT,
            ContainerField.HEALTHCHECK,
            ContainerField.WARM,
            ContainerField.CHECK,
            ContainerField.CHECK_INTERVAL,
            ContainerField.CHECK_STATUS,
            ContainerField.CHECK_HEADERS,
            ContainerField.CHECK_RISE,
            ContainerField.CHECK_FALL,
            ContainerField.SLOW_START,
            ContainerField.PROTO,
            ContainerField.SSL_BACKEND,
            ContainerField.SSL_BACKEND_TLS_VERIFY,
            ContainerField.SEND_PROXY,
            ContainerField.CONNECT_TIMEOUT,
            ContainerField.SERVER_TIMEOUT,
            ContainerField.TUNNEL_TIMEOUT,
            ContainerField.MAX_CONN,
            ContainerField.TLS_MIN_VERSION,
            ContainerField.SSL_ONLY,
            ContainerField.ALLOW,
            ContainerField.DENY,
            ContainerField.RATE_LIMIT,
            ContainerField.MAX_BODY,
            ContainerField.BASIC_AUTH);

    private final ContainerFacts facts;
    private final ImageLabelMode mode;
    private final boolean dialects;
    private final FindingCollector findings;

    /**
     * @param dialects whether dialects read labels and variables of the container
     */
    ImageFieldFilter(ContainerFacts facts, ImageLabelMode mode, boolean dialects, FindingCollector findings) {
        this.facts = facts;
        this.dialects = dialects;
        this.mode = mode;
        this.findings = findings;
    }

    /** Whether it is known what the image brings, as far as that matters. */
    boolean isDecidable() {
        boolean decidable = mode == ImageLabelMode.ALL
                || facts.ofImage().isPresent()
                || (facts.interlockData().isEmpty()
                        && !dialects
                        && facts.labels().keySet().stream().noneMatch(LabelPrefix::isOf));
        if (!decidable) {
            findings.leftOut(
                    "image_labels",
                    facts.image(),
                    FindingText.notServed(
                                    "its engine does not say which labels come from the image, and \"image_labels\""
                                            + " in the configuration does not let all count")
                            .withAdvice("let Interlock ask the engine for images: GET /images/ID/json"));
        }
        return decidable;
    }

    /**
     * Whether whoever started the container gave a label, so that it asks to be served.
     *
     * @param source the name of a label, or {@link ContainerFacts#DATA}
     */
    boolean isGiven(String source) {
        return mode == ImageLabelMode.ALL || !isOfImage(source);
    }

    private boolean isOfImage(String source) {
        return facts.ofImage().filter(names -> names.contains(source)).isPresent();
    }

    /** Whether a field counts. A container is not served without protection that its image asks for. */
    boolean accepts(String source, ContainerField field, FieldValue given) {
        if (isGiven(source) || (mode == ImageLabelMode.SAFE && SAFE.contains(field))) {
            return true;
        }
        String reason =
                "comes from the image, which \"image_labels\" in the configuration does not let decide about it";
        if (field.failsClosed()) {
            findings.leftOut(
                    given.place(),
                    given.shown(),
                    FindingText.notServed(reason).withAdvice("give it when the container is created"));
        } else {
            findings.ignored(given, reason);
        }
        return false;
    }
}
