package io.interlock.haproxy.model;

/**
 * A backend that is declared before anybody wants it.
 *
 * @param name unlike any wanted backend's
 * @param declaration it does for those backends that want just this
 */
public record SpareBackend(String name, BackendDeclaration declaration) {}
