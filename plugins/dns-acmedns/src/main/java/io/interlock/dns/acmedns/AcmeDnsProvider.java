package io.interlock.dns.acmedns;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.dns.acmedns.AcmeDnsConfig.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Updates records by the HTTP API of acme-dns. The server keeps the last two values of each record and has no way to
 * remove one.
 */
final class AcmeDnsProvider implements DnsProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final AcmeDnsConfig config;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    AcmeDnsProvider(AcmeDnsConfig config) {
        this.config = config;
    }

    @Override
    public void present(ChallengeRecord record) throws IOException, InterruptedException {
        Account account = config.accounts().stream()
                .filter(each -> each.fulldomain().equals(record.name()))
                .findFirst()
                .orElseThrow(() -> new IOException("no account has the fulldomain " + record.name()
                        + ": the name that needs a certificate must have"
                        + " an alias (CNAME) of _acme-challenge that leads to the fulldomain of an account"));
        String base = config.server().toString();
        URI update = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/update");
        HttpRequest request = HttpRequest.newBuilder(update)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Api-User", account.username())
                .header("X-Api-Key", account.password().reveal())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"subdomain\":\"" + account.subdomain() + "\",\"txt\":\"" + record.value() + "\"}"))
                .build();
        // The answer only repeats the value, so it is not read: it could be of any size.
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != OK) {
            throw new IOException(config.server() + " answers with status " + status
                    + (status == UNAUTHORIZED
                            ? ": username or password of " + account.fulldomain() + " is wrong"
                            : ""));
        }
    }

    @Override
    public void cleanUp(ChallengeRecord record) {
        // acme-dns has no such request: the next values take the place.
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
