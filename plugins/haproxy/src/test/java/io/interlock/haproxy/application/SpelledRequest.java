package io.interlock.haproxy.application;

import java.util.List;

/**
 * Request as a client spells it; each character is a byte.
 *
 * @param version {@code 1.0}, {@code 1.1} or {@code 2}
 * @param hosts values of the Host headers; the first one is the authority of HTTP/2
 * @param headers further headers, {@code Name: value}
 */
record SpelledRequest(String version, String target, List<String> hosts, List<String> headers) {

    SpelledRequest {
        hosts = List.copyOf(hosts);
        headers = List.copyOf(headers);
    }

    /** The request as HTTP/1. */
    String text() {
        StringBuilder text = new StringBuilder("GET " + target + " HTTP/" + version + "\r\n");
        hosts.forEach(host -> text.append("Host: ").append(host).append("\r\n"));
        headers.forEach(header -> text.append(header).append("\r\n"));
        return text.append("Connection: close\r\n\r\n").toString();
    }

    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder();
        text().chars()
                .forEach(c -> shown.append(c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\x%02x", c)));
        return "HTTP/" + version + " " + shown;
    }
}
