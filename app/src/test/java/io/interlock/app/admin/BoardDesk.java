package io.interlock.app.admin;

import io.interlock.api.loadbalancer.Preview;
import io.interlock.app.status.Board;
import io.interlock.app.status.EventLog;
import io.interlock.app.status.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from a board. */
public final class BoardDesk implements Desk {

    private final Board board;

    /** The levels that were asked for. */
    public final List<String> levels = new ArrayList<>();

    public BoardDesk(Board board) {
        this.board = board;
    }

    @Override
    public View view() {
        return board.view();
    }

    @Override
    public EventLog events() {
        return board.status.events();
    }

    @Override
    public Map<String, Preview> previews() throws IOException {
        return Map.of(
                "haproxy",
                new Preview(List.of(
                        new Preview.File(Path.of("/new.map"), "a b\n", Optional.empty()),
                        new Preview.File(
                                Path.of("/proxy.conf"),
                                "global\n    maxconn 2\n",
                                Optional.of("global\n    maxconn 1\n")),
                        new Preview.File(Path.of("/same.map"), "c d\n", Optional.of("c d\n")))));
    }

    @Override
    public void logLevel(String level) {
        if (!level.equals("debug")) {
            throw new IllegalArgumentException("not a log level");
        }
        levels.add(level);
    }
}
