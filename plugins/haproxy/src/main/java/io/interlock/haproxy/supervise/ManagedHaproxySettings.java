package io.interlock.haproxy.supervise;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.process.HaproxyBinary;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings for running HAProxy. They do not change while the load balancer lives.
 *
 * @param binary the program to run
 * @param config the configuration file, absolute
 * @param pidFile absolute
 * @param layout the paths of the sockets
 * @param addresses the addresses to listen on
 * @param ports the ports to listen on
 * @param reloadTimeout the maximum time of a check, and of a start or reload until its proof, each
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
