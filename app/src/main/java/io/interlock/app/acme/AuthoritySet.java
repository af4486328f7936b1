package io.interlock.app.acme;

import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.AuthorityRotation;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.dns.DnsChallengeService;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The configured certificate authorities, the preferred one first. Immutable. */
final class AuthoritySet {

    private final List<AcmeAuthority> authorities;

    private AuthoritySet(List<AcmeAuthority> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    /**
     * Creates the clients of all authorities.
     *
     * @param clocks creates the clock of an authority
     * @param limit how long an attempt waits for an authority at each step of an order
     */
    static AuthoritySet of(
            AcmeConfig config,
            AcmeFolder folder,
            DnsChallengeService dns,
            Clock clock,
            Supplier<AuthorityClock> clocks,
            Duration limit) {
        List<AcmeAuthority> made = new ArrayList<>();
        for (AuthorityConfig each : config.authorities()) {
            AuthorityClock time = clocks.get();
            AcmeAccountClient account = new AcmeAccountClient(
                    each, folder, made.isEmpty() ? folder.accountKey() : folder.accountKey(each.directory()), time);
            ResourcePoller poller = new ResourcePoller(clock, time, limit);
            AuthorizationClient authorizations = new AuthorizationClient(config, folder, dns, poller);
            made.add(new AcmeAuthority(
                    each.directory(),
                    account,
                    new AcmeOrderClient(each, config.keyType(), account, authorizations, poller, clock, time)));
        }
        return new AuthoritySet(made);
    }

    List<URI> directories() {
        return authorities.stream().map(AcmeAuthority::directory).toList();
    }

    /** The authorities in the order in which they are tried for the next attempt. */
    List<AcmeAuthority> inOrder(IssuanceRecord record) {
        List<AcmeAuthority> order = new ArrayList<>(authorities);
        Collections.rotate(order, -AuthorityRotation.first(directories(), record));
        return order;
    }

    /** The authority that issued the present certificate; the preferred one if it is not configured any more. */
    AcmeAuthority issuer(IssuanceRecord record) {
        return authorities.stream()
                .filter(each -> record.directory().equals(Optional.of(each.directory())))
                .findFirst()
                .orElse(authorities.getFirst());
    }
}
