package io.interlock.app.acme.record;

import io.interlock.api.dns.ChallengeRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shredzone.acme4j.toolbox.JSON;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/**
 * What is known of the certificate of one name. It is written down at each step, so that another run or another
 * instance goes on where one ended.
 *
 * @param attempts the attempts since the last success
 * @param directory the directory of the authority that issued the present certificate; empty: the configured one
 * @param order the order that is not finished
 * @param records the DNS records that are not removed yet
 * @param ledger all recent orders
 * @param renewal what the authority suggests for the renewal of the present certificate
 */
public record IssuanceRecord(
        IssuanceAttempts attempts,
        Optional<URI> directory,
        Optional<PendingOrder> order,
        List<PresentedRecord> records,
        OrderLedger ledger,
        Optional<RenewalSuggestion> renewal) {

    public static final IssuanceRecord EMPTY = new IssuanceRecord(
            IssuanceAttempts.NONE, Optional.empty(), Optional.empty(), List.of(), OrderLedger.EMPTY, Optional.empty());

    public IssuanceRecord {
        records = List.copyOf(records);
    }

    /**
     * DNS record that was added for a challenge, or is about to be.
     *
     * @param provider the type of the DNS provider
     * @param record the record
     */
    public record PresentedRecord(String provider, ChallengeRecord record) {}

    /**
     * When an authority suggests to renew a certificate (RFC 9773).
     *
     * @param serial the serial number of the certificate
     * @param at the time in the suggested window that was drawn; empty if the authority suggests none
     * @param checked when the authority was asked
     * @param again when to ask again
     */
    public record RenewalSuggestion(String serial, Optional<Instant> at, Instant checked, Instant again) {}

    /**
     * Order that has been placed and is not finished.
     *
     * @param directory the authority's directory
     * @param url the order at the authority
     * @param begun when it was placed, by the authority's clock
     * @param token the challenge that is answered for it; empty before it is known
     * @param key the key of the certificate as PEM text; empty before the order is finalized
     */
    public record PendingOrder(URI directory, URI url, Instant begun, Optional<String> token, Optional<String> key) {

        public PendingOrder withToken(String of) {
            return new PendingOrder(directory, url, begun, Optional.of(of), key);
        }

        public PendingOrder withKey(String pem) {
            return new PendingOrder(directory, url, begun, token, Optional.of(pem));
        }

        /** Returns a text without the key. */
        @Override
        public String toString() {
            return "PendingOrder[" + url + "]";
        }
    }

    /** Whether an authority issued the present certificate that is not configured. */
    public boolean isOfAnother(List<URI> configured) {
        return directory.filter(by -> !configured.contains(by)).isPresent();
    }

    public IssuanceRecord with(IssuanceAttempts now) {
        return new IssuanceRecord(now, directory, order, records, ledger, renewal);
    }

    public IssuanceRecord with(Optional<PendingOrder> now) {
        return new IssuanceRecord(attempts, directory, now, records, ledger, renewal);
    }

    public IssuanceRecord with(OrderLedger now) {
        return new IssuanceRecord(attempts, directory, order, records, now, renewal);
    }

    public IssuanceRecord with(RenewalSuggestion now) {
        return new IssuanceRecord(attempts, directory, order, records, ledger, Optional.of(now));
    }

    /** The DNS records that are not removed yet. */
    public IssuanceRecord with(List<PresentedRecord> now) {
        return new IssuanceRecord(attempts, directory, order, now, ledger, renewal);
    }

    /** Whether DNS records are left over from orders that have ended. */
    public boolean hasLeftovers() {
        return !records.isEmpty() && order.isEmpty();
    }

    /** A certificate was issued. */
    public IssuanceRecord issued(URI by, IssuanceAttempts now, OrderLedger all) {
        return new IssuanceRecord(now, Optional.of(by), Optional.empty(), records, all, Optional.empty());
    }

    /** The record as a JSON text. It contains the key of an order. */
    public String text() {
        JSONBuilder json = new JSONBuilder();
        json.object("attempts")
                .put("failures", attempts.failures())
                .put("at", attempts.at())
                .put("next", attempts.next())
                .put("reason", attempts.reason())
                .put("advice", attempts.advice());
        directory.ifPresent(url -> json.put("directory", url.toString()));
        order.ifPresent(pending -> {
            JSONBuilder fields = json.object("order")
                    .put("directory", pending.directory().toString())
                    .put("url", pending.url().toString())
                    .put("begun", pending.begun());
            pending.token().ifPresent(token -> fields.put("token", token));
            pending.key().ifPresent(key -> fields.put("key", key));
        });
        json.array(
                "records",
                records.stream()
                        .map(presented -> Map.of(
                                "provider", presented.provider(),
                                "zone", presented.record().zone(),
                                "name", presented.record().name(),
                                "value", presented.record().value()))
                        .toList());
        json.array("orders", ledger.orders().stream().map(Instant::toString).toList());
        json.array("issued", ledger.issued().stream().map(Instant::toString).toList());
        renewal.ifPresent(suggestion -> {
            JSONBuilder fields = json.object("renewal")
                    .put("serial", suggestion.serial())
                    .put("checked", suggestion.checked())
                    .put("again", suggestion.again());
            suggestion.at().ifPresent(at -> fields.put("at", at));
        });
        return json + "\n";
    }

    /**
     * Reads a text that {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static IssuanceRecord parse(String text) {
        try {
            JSON json = JSON.parse(text);
            return new IssuanceRecord(
                    attempts(json.get("attempts").asObject()),
                    json.get("directory").map(JSON.Value::asString).map(URI::create),
                    json.get("order").map(JSON.Value::asObject).map(IssuanceRecord::order),
                    json.get("records").asArray().stream()
                            .map(JSON.Value::asObject)
                            .map(IssuanceRecord::presented)
                            .toList(),
                    new OrderLedger(instants(json, "orders"), instants(json, "issued")),
                    json.get("renewal").map(JSON.Value::asObject).map(IssuanceRecord::renewal));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a record of orders", e);
        }
    }

    private static IssuanceAttempts attempts(JSON json) {
        return new IssuanceAttempts(
                json.get("failures").asInt(),
                instant(json, "at"),
                instant(json, "next"),
                json.get("reason").asString(),
                json.get("advice").asString());
    }

    private static PendingOrder order(JSON json) {
        return new PendingOrder(
                URI.create(json.get("directory").asString()),
                URI.create(json.get("url").asString()),
                instant(json, "begun"),
                json.get("token").map(JSON.Value::asString),
                json.get("key").map(JSON.Value::asString));
    }

    private static PresentedRecord presented(JSON json) {
        return new PresentedRecord(
                json.get("provider").asString(),
                new ChallengeRecord(
                        json.get("zone").asString(),
                        json.get("name").asString(),
                        json.get("value").asString()));
    }

    private static RenewalSuggestion renewal(JSON json) {
        return new RenewalSuggestion(
                json.get("serial").asString(),
                json.get("at").map(JSON.Value::asString).map(Instant::parse),
                instant(json, "checked"),
                instant(json, "again"));
    }

    private static Instant instant(JSON json, String name) {
        return Instant.parse(json.get(name).asString());
    }

    private static List<Instant> instants(JSON json, String name) {
        return json.get(name).asArray().stream()
                .map(JSON.Value::asString)
                .map(Instant::parse)
                .toList();
    }
}
