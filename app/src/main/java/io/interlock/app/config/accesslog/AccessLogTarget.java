package io.interlock.app.config.accesslog;

import java.nio.file.Path;
import java.util.Optional;

/** Where lines of the log of requests go. */
public sealed interface AccessLogTarget {

    /** As the operator wrote it. */
    String text();

    /** Standard output of Interlock. */
    record StandardOutput() implements AccessLogTarget {
        @Override
        public String text() {
            return "stdout";
        }
    }

    /** Nowhere but to {@code interlock logs}. */
    record LiveOnly() implements AccessLogTarget {
        @Override
        public String text() {
            return "live";
        }
    }

    /** The histograms among the metrics. */
    record Metrics() implements AccessLogTarget {

        /** The word for it in the configuration. */
        public static final String WORD = "metrics";

        @Override
        public String text() {
            return WORD;
        }
    }

    /**
     * File.
     *
     * @param maxSize bytes after which a new file is begun; 0: never
     * @param keep how many earlier files are kept
     */
    record LogFile(Path path, long maxSize, int keep) implements AccessLogTarget {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /**
     * Syslog server.
     *
     * @param authorities for TLS: a PEM file of the authorities to trust; empty: those that Java trusts
     */
    record SyslogServer(String text, Transport transport, String host, int port, Optional<Path> authorities)
            implements AccessLogTarget {}

    /** How lines reach a syslog server. */
    enum Transport {
        UDP,
        TCP,
        TLS
    }
}
