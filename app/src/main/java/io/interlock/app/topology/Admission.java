package io.interlock.app.topology;

/** Knows which containers have been heard of where they are to be served. */
@FunctionalInterface
public interface Admission {

    /** Whether the container has done what it is waited for: once it has, that holds as long as it runs. Must not block. */
    boolean isAdmitted(WarmUp contact);
}
