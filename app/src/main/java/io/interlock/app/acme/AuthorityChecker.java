package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.IssuanceAttempts;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the authority for each name that is due, among those that can be used. Each authority is checked once for all
 * names, so that one that does not answer is not asked for each name. Confined to one look and one thread.
 */
final class AuthorityChecker {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private final AuthoritySet authorities;
    private final IssuanceRegistry registry;
    private final Map<URI, Boolean> checked = new HashMap<>();

    AuthorityChecker(AuthoritySet authorities, IssuanceRegistry registry) {
        this.authorities = authorities;
        this.registry = registry;
    }

    /** The authority for the next attempt for a name; empty if none can be used now. */
    Optional<AcmeAuthority> choose(HostName name) throws InterruptedException {
        for (AcmeAuthority authority : authorities.inOrder(registry.record(name))) {
            Boolean known = checked.get(authority.directory());
            boolean isThere = known == null ? isThere(authority) : known;
            checked.put(authority.directory(), isThere);
            if (isThere) {
                return Optional.of(authority);
            }
        }
        return Optional.empty();
    }

    private boolean isThere(AcmeAuthority authority) throws InterruptedException {
        if (!registry.mayTryAgain(authority.directory())) {
            return false;
        }
        IssuanceAttempts failed;
        try {
            var unused = authority.account().logOn();
            registry.usable(authority.directory());
            return true;
        } catch (IssuanceException e) {
            failed =
                    registry.failed(authority.directory(), e, authority.orders().toLocal(e.notBefore()));
        } catch (IOException e) {
            boolean unused = registry.failed(e);
            failed = registry.unusable();
        }
        log.warn("{}; the next attempt is at {}", failed.reason(), failed.next());
        return false;
    }
}
