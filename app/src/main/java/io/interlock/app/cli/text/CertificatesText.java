package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.PrintableText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every certificate, and who is without. */
public final class CertificatesText {

    private static final int MOST_NAMES = 20;

    private CertificatesText() {}

    public static String of(JsonNode tls, Instant now) {
        if (!tls.path("served").asBoolean()) {
            return "HTTPS is not served: add \"tls\" to the configuration.";
        }
        List<String> parts = new ArrayList<>();
        parts.add(certificates(tls, now));
        if (!tls.path("issuances").isEmpty()) {
            parts.add(issuances(tls));
        }
        JsonNode uncovered = tls.path("uncovered");
        if (!uncovered.isEmpty()) {
            List<String> names = uncovered
                    .valueStream()
                    .limit(MOST_NAMES)
                    .map(JsonNode::asText)
                    .toList();
            parts.add("Routed names without a certificate, whose HTTPS clients are refused in the handshake: "
                    + PrintableText.line(String.join(", ", names))
                    + (uncovered.size() > MOST_NAMES ? " and " + (uncovered.size() - MOST_NAMES) + " more" : ""));
        }
        return String.join("\n\n", parts);
    }

    /** How many there are, and which one has to be renewed first. */
    static String summary(JsonNode status) {
        Optional<JsonNode> first = status.path("certificates")
                .valueStream()
                .filter(certificate -> certificate.path("not_after").isTextual())
                .min(Comparator.comparing(
                        certificate -> certificate.path("not_after").asText()));
        return "Certificates: " + status.path("certificates").size()
                + first.map(certificate -> ", the first to end is " + JsonText.text(certificate, "id") + " in "
                                + daysLeft(
                                        certificate.path("not_after"),
                                        Instant.parse(status.path("at").asText()))
                                + " days")
                        .orElse("");
    }

    private static String certificates(JsonNode tls, Instant now) {
        TextTable table =
                new TextTable("CERTIFICATE", "STATE", "DAYS LEFT", "NOT AFTER", "NAMES", "ROUTES", "FILE", "REASON");
        for (JsonNode certificate : tls.path("certificates")) {
            table.row(
                    JsonText.text(certificate, "id"),
                    JsonText.word(certificate, "state"),
                    daysLeft(certificate.path("not_after"), now),
                    JsonText.text(certificate, "not_after"),
                    JsonText.list(certificate.path("names")),
                    String.valueOf(certificate.path("shown_for").size()),
                    JsonText.text(certificate, "file"),
                    JsonText.text(certificate, "reason"));
        }
        return table.isEmpty() ? "There are no certificates." : table.toString();
    }

    private static String issuances(JsonNode tls) {
        TextTable table = new TextTable("ISSUED FOR", "STATE", "NEXT ORDER", "FAILURES", "REASON", "ADVICE");
        for (JsonNode issuance : tls.path("issuances")) {
            table.row(
                    JsonText.text(issuance, "name"),
                    JsonText.word(issuance, "state"),
                    JsonText.text(issuance, "due"),
                    JsonText.text(issuance, "failures"),
                    JsonText.text(issuance, "reason"),
                    JsonText.text(issuance, "advice"));
        }
        return table.toString();
    }

    private static String daysLeft(JsonNode notAfter, Instant now) {
        try {
            return String.valueOf(
                    Duration.between(now, Instant.parse(notAfter.asText())).toDays());
        } catch (DateTimeException e) {
            return "-";
        }
    }
}
