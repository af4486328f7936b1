package io.interlock.app.topology;

/** Knows which containers have been heard of where they are to be served. */
@FunctionalInterface
public interface Admission {

    /** Whether the container has done what it is waited for. Must not block. */
    boolean isAdmitted(WarmUp contact);
}
