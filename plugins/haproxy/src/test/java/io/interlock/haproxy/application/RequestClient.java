package io.interlock.haproxy.application;

/** Client that sends each request as it is spelled, on a connection of its own. */
interface RequestClient {

    /** The same client, which asks for another name in the handshake if it uses TLS. */
    RequestClient at(String host);

    /** Returns what comes back; also if the connection is closed without an answer. */
    ApplicationAnswer ask(SpelledRequest request);
}
