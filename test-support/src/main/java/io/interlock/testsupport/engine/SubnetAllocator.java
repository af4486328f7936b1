package io.interlock.testsupport.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Set;

/** Allocator of networks of 256 addresses each for hosts of tests; this host has the first address. */
public final class SubnetAllocator {

    private static final int MOST = 200;
    private static final Set<String> TAKEN = new HashSet<>();

    private SubnetAllocator() {}

    /**
     * Returns a network in which no device of this host has an address, so that two simultaneous test runs get
     * different ones.
     *
     * @param second second byte of its addresses; the first is 10
     * @return the beginning of its addresses, up to the last dot
     */
    public static String free(int second) throws IOException {
        return free("10." + second + ".", ".");
    }

    /**
     * Returns the same for IPv6 addresses.
     *
     * @param second second block of its addresses; the first is fd00
     * @return the beginning of its addresses, up to the two colons
     */
    public static String freeOfIpv6(int second) throws IOException {
        return free("fd00:" + second + ":", "::");
    }

    private static synchronized String free(String start, String end) throws IOException {
        for (int third = 1; third <= MOST; third++) {
            String network = start + third + end;
            if (!TAKEN.contains(network)
                    && NetworkInterface.getByInetAddress(InetAddress.getByName(network + "1")) == null) {
                TAKEN.add(network);
                return network;
            }
        }
        throw new IOException("no network " + start + "x is free on this host");
    }
}
