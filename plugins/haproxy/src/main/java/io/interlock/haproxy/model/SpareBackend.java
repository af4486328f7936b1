package io.interlock.haproxy.model;

/**
 * Empty backend that is declared before a topology needs it.
 *
 * @param name differs from the name of every desired backend
 * @param declaration of the backends that can use it
 */
public record SpareBackend(String name, BackendDeclaration declaration) {}
