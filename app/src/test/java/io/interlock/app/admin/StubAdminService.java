package io.interlock.app.admin;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.app.status.StatusFixture;
import io.interlock.app.status.StatusView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from a status fixture. */
public final class StubAdminService implements AdminService {

    private final StatusFixture statusService;

    /** The levels that were requested. */
    public final List<String> levels = new ArrayList<>();

    public StubAdminService(StatusFixture statusService) {
        this.statusService = statusService;
    }

    @Override
    public StatusView view() {
        return statusService.view();
    }

    @Override
    public InterlockEventLog events() {
        return statusService.status.events();
    }

    @Override
    public Map<String, ConfigPreview> previews() throws IOException {
        return Map.of(
                "haproxy",
                new ConfigPreview(List.of(
                        new ConfigPreview.File(Path.of("/new.map"), "a b\n", Optional.empty()),
                        new ConfigPreview.File(
                                Path.of("/proxy.conf"),
                                "global\n    maxconn 2\n",
                                Optional.of("global\n    maxconn 1\n")),
                        new ConfigPreview.File(Path.of("/same.map"), "c d\n", Optional.of("c d\n")))));
    }

    @Override
    public void logLevel(String level) {
        if (!level.equals("debug")) {
            throw new IllegalArgumentException("not a log level");
        }
        levels.add(level);
    }
}
