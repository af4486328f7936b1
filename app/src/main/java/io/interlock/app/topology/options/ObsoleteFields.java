package io.interlock.app.topology.options;

import java.util.Optional;

/** Fields that Interlock 1.x read and that are no longer needed. */
final class ObsoleteFields {

    private ObsoleteFields() {}

    /**
     * Returns the reason why a key, without the prefix of labels, no longer has an effect; empty if it never had one.
     */
    static Optional<String> reason(String key) {
        String stem = key.replaceFirst("[.][0-9]{1,4}$", "");
        return Optional.ofNullable(
                switch (stem) {
                    case "websocket_endpoint", "websocket_endpoints" ->
                        "is not needed any more: WebSockets pass at every path";
                    case "ssl" -> "is not needed any more: names with a certificate are served over TLS";
                    case "ssl_cert_key" ->
                        "is not needed any more: a certificate's key is found beside it, or in the same file";
                    case "ext.name" -> "is not needed any more: each load balancer that runs serves every container";
                    default -> null;
                });
    }
}
