package io.interlock.nginxproxy;

import java.util.Optional;

/**
 * What a container asks for under one path of a host name.
 *
 * @param path as nginx-proxy has it, {@code /} for everything
 * @param port empty: the default port
 * @param dest what replaces the path; may be empty
 * @param proto the protocol to the container; empty: {@code VIRTUAL_PROTO}
 */
record VirtualLocation(String path, Optional<String> port, String dest, Optional<String> proto) {}
