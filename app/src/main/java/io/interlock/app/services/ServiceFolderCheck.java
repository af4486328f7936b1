package io.interlock.app.services;

import io.interlock.app.config.InterlockConfig;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds what is wrong with the files of services, without starting anything and without looking names up. */
public final class ServiceFolderCheck {

    private ServiceFolderCheck() {}

    /** Returns what is wrong, for people; nothing of it keeps Interlock from starting. */
    public static List<String> warnings(InterlockConfig config) {
        return config.servicesDir().map(ServiceFolderCheck::warnings).orElse(List.of());
    }

    private static List<String> warnings(Path path) {
        try (ServiceFolder folder = new ServiceFolder(path, () -> {})) {
            return folder.look().problems().stream()
                    .map(problem -> path.resolve(problem.file()) + ":"
                            + (problem.reason().equals(problem.text()) ? " " : "")
                            + problem.reason().strip())
                    .toList();
        } catch (IOException e) {
            return List.of("services_dir " + path + " cannot be read: " + ErrorMessages.reasonAt(path, e));
        }
    }
}
