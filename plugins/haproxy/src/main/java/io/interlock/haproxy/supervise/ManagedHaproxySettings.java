package io.interlock.haproxy.supervise;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.process.HaproxyBinary;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to run HAProxy; does not change while the load balancer lives.
 *
 * @param binary what to run
 * @param config the configuration file, absolute
 * @param pidFile absolute
 * @param layout where the sockets are
 * @param addresses what it will listen on
 * @param ports where it will listen
 * @param reloadTimeout the most that a check, and a start or reload until its proof, may take, each
 * @param stopTimeout how long requests in flight may take at the end
 */
public record ManagedHaproxySettings(
        HaproxyBinary binary,
        Path config,
        Path pidFile,
        HaproxyPaths layout,
        List<InetAddress> addresses,
        List<Integer> ports,
        Duration reloadTimeout,
        Duration stopTimeout) {
    public ManagedHaproxySettings {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
    }
}
