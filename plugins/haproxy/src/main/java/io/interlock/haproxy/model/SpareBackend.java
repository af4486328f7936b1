package io.interlock.haproxy.model;

/**
 * What is declared for backends before a topology needs them.
 *
 * @param name differs from the name of every desired backend
 * @param declaration of the backends that can use it
 * @param defaults whether it is a section of defaults, of which HAProxy makes any number of backends at run time; otherwise
 *     it is one empty backend
 */
public record SpareBackend(String name, BackendDeclaration declaration, boolean defaults) {

    /** Creates an empty backend. */
    public SpareBackend(String name, BackendDeclaration declaration) {
        this(name, declaration, false);
    }
}
