package io.interlock.app.services;

import io.interlock.app.config.InterlockConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to follow.
 *
 * @param folder the folder of files, absolute; empty: there are no services
 * @param nameServers whom to ask for host names in the files; empty: those of this machine
 */
public record ServiceSettings(Optional<Path> folder, List<InetSocketAddress> nameServers) {
    public ServiceSettings {
        nameServers = List.copyOf(nameServers);
    }

    public static ServiceSettings of(InterlockConfig config) {
        return new ServiceSettings(config.servicesDir(), config.servicesResolvers());
    }
}
