package io.interlock.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.admin.AdminResponses.Refusal;
import io.interlock.app.liveconfig.LiveConfigManager;
import io.interlock.app.liveconfig.ReloadResult;
import io.interlock.app.status.MigrationReportBuilder;
import io.interlock.app.status.StatusView;
import io.interlock.app.status.explain.ExplanationBuilder;
import io.interlock.app.status.explain.RouteListing;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The commands, and their answers. Safe for all threads. */
public final class AdminCommands {

    public static final String STATUS = "status";
    public static final String ROUTES = "routes";
    public static final String CERTIFICATES = "certificates";
    public static final String PLUGINS = "plugins";
    public static final String OWNERS = "owners";
    public static final String EXPLAIN = "explain";
    public static final String MIGRATE = "migrate";
    public static final String EVENTS = "events";
    /** The latest requests; a document for each, see {@link #logs}. */
    public static final String LOGS = "logs";

    public static final String RENDER = "render";
    public static final String LOG_LEVEL = "log-level";
    /** Counters of all backends. */
    public static final String TRAFFIC = "traffic";

    public static final String RELOAD = "reload";
    /** Argument of {@link #RELOAD}: only tells what would happen, with the file whose path follows if one does. */
    public static final String DRY_RUN = "dry-run";
    /** Argument of {@link #EVENTS}: all stored events, then each new one. */
    public static final String FOLLOW = "follow";

    private final AdminService adminService;
    private final boolean running;

    /**
     * @param running whether the answers are those of a running Interlock
     */
    public AdminCommands(AdminService adminService, boolean running) {
        this.adminService = adminService;
        this.running = running;
    }

    /**
     * The command for the latest requests.
     *
     * @param follow whether each new one follows
     * @param count most of the latest requests to begin with
     * @param host a host name, in which {@code *} stands for any characters; empty: all
     * @param statuses for example {@code 5xx,404}; empty: all
     */
    public static String logs(boolean follow, int count, String host, String statuses) {
        return RequestLogStream.question(follow, count, host, statuses);
    }

    /** The document that answers a command; a document with {@code error} alone if there is no answer. */
    public JsonNode answer(String question) throws InterruptedException {
        int blank = question.indexOf(' ');
        String word = blank < 0 ? question : question.substring(0, blank);
        String rest = blank < 0 ? "" : question.substring(blank + 1).strip();
        try {
            return AdminJsonMapper.tree(answer(word, rest));
        } catch (IOException | IllegalArgumentException e) {
            return AdminJsonMapper.tree(new Refusal(ErrorMessages.reason(e)));
        }
    }

    /** The error in a document; empty if the document is an answer. */
    public static Optional<String> error(JsonNode document) {
        return document.size() == 1 && document.path("error").isTextual()
                ? Optional.of(document.path("error").asText())
                : Optional.empty();
    }

    private Object answer(String word, String rest) throws IOException, InterruptedException {
        return switch (word) {
            case STATUS -> AdminResponses.Status.of(adminService.view().status(), running);
            case ROUTES -> routes();
            case CERTIFICATES -> adminService.view().status().tls();
            case PLUGINS ->
                new AdminResponses.Plugins(running, adminService.view().status().plugins());
            case OWNERS ->
                new AdminResponses.Owners(running, adminService.view().status().owners());
            case TRAFFIC -> AdminResponses.Traffic.of(adminService.view());
            case EXPLAIN -> ExplanationBuilder.explain(rest, adminService.view());
            case EVENTS -> new AdminResponses.Events(adminService.events().latest());
            case RENDER ->
                new AdminResponses.Renderings(
                        running, adminService.view().status().topology().revision(), adminService.previews());
            case RELOAD -> reload(rest);
            case MIGRATE -> MigrationReportBuilder.of(rest, adminService.view());
            case LOG_LEVEL -> {
                adminService.logLevel(rest);
                yield new AdminResponses.LogLevel(rest);
            }
            default -> throw new IllegalArgumentException("not a question that this Interlock knows");
        };
    }

    private ReloadResult reload(String rest) throws IOException, InterruptedException {
        LiveConfigManager liveConfig = adminService
                .liveConfig()
                .orElseThrow(() -> new IOException("only a running Interlock reads its configuration again"));
        if (rest.isEmpty()) {
            return liveConfig.reload();
        }
        if (!rest.equals(DRY_RUN) && !rest.startsWith(DRY_RUN + " ")) {
            throw new IllegalArgumentException("not a way to reload: " + rest);
        }
        String file = rest.substring(DRY_RUN.length()).strip();
        return liveConfig.dryRun(
                Optional.of(file).filter(name -> !name.isEmpty()).map(Path::of));
    }

    private AdminResponses.Routes routes() throws InterruptedException {
        StatusView view = adminService.view();
        return new AdminResponses.Routes(running, view.status().topology().revision(), RouteListing.of(view));
    }
}
