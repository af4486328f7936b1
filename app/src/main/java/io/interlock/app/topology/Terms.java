package io.interlock.app.topology;

import java.util.Optional;

/**
 * What the operator lets containers have.
 *
 * @param tcpPorts the ports at which they may be served by TCP; empty: none
 */
public record Terms(Optional<PortRange> tcpPorts) {

    /** Nothing that an operator has to allow. */
    public static final Terms DEFAULT = new Terms(Optional.empty());

    /**
     * Ports that follow each other.
     *
     * @param first 1 to 65535
     * @param last at least that, up to 65535
     */
    public record PortRange(int first, int last) {

        private static final int MAX_PORT = 65_535;

        /**
         * @throws IllegalArgumentException if one is no port, or there is none between them
         */
        public PortRange {
            if (first < 1 || last > MAX_PORT || first > last) {
                throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
            }
        }

        boolean contains(int port) {
            return port >= first && port <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }
}
