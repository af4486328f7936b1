package io.interlock.traefik;

import io.interlock.traefik.rule.RouteMatch;
import java.util.Optional;

/**
 * What one router asks for: requests, over HTTP or HTTPS.
 *
 * @param router the name of the router
 * @param rule the label of its rule
 * @param match the requests
 * @param https the label that says that it is for HTTPS; empty: it is for HTTP
 * @param fields what happens to the requests
 */
record RouterEntry(String router, LabelValue rule, RouteMatch match, Optional<LabelValue> https, RouteFields fields) {

    /** Whether it only leads to HTTPS. */
    boolean isRedirect() {
        return https.isEmpty() && fields.redirect().isPresent();
    }
}
