package io.interlock.testsupport.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Host names in domains that no other test and no other container of the engine uses, so that tests can share an
 * engine.
 */
public final class UniqueHostNames {

    private static final String RUN = SharedEngine.run();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private UniqueHostNames() {}

    /** Returns a new domain, such as {@code t7x2ab.example}. */
    public static String newDomain() {
        return "t" + NUMBER.incrementAndGet() + "x" + RUN + ".example";
    }

    /** Returns a host in a new domain, such as {@code www.t7x2ab.example}. */
    public static String newHost() {
        return "www." + newDomain();
    }
}
