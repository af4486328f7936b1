package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.ConfigRenderer;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Client of the Runtime API of the worker that serves. During a reload, the worker that is about to be replaced may
 * answer.
 */
public final class RuntimeApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String REVISION_PREFIX = ConfigRenderer.REVISION_VARIABLE + "=";
    private static final RuntimeCommand WHO = RuntimeCommand.talking("show info");
    private static final RuntimeCommand REVISION = RuntimeCommand.quiet("show env " + ConfigRenderer.REVISION_VARIABLE);
    private static final Pattern PID = Pattern.compile("(?m)^Pid: (\\d{1,10})$");

    private static final Pattern VERSION = Pattern.compile("(?m)^Version: (\\d{1,4})\\.(\\d{1,4})[.\\-]");

    /** Maximum number of bytes in a line. HAProxy silently drops what exceeds its buffer of 16 kB. */
    private static final int LONGEST_LINE = 12_000;

    private static final String SEPARATOR = ";";

    private final UnixSocketClient socket;

    public RuntimeApi(Path adminSocket) {
        this.socket = new UnixSocketClient(adminSocket);
    }

    /** Signals that another worker than the intended one answered. */
    static final class OtherWorkerException extends IOException {

        private static final long serialVersionUID = 1L;

        OtherWorkerException(String message) {
            super(message);
        }
    }

    /**
     * The revision that the worker serves; empty if it has none.
     *
     * @throws IOException if no worker answers
     */
    public Optional<String> revision() throws IOException, InterruptedException {
        return worker().revision();
    }

    /**
     * The worker that answers.
     *
     * @throws IOException if no worker answers
     */
    public HaproxyWorker worker() throws IOException, InterruptedException {
        return worker(TIMEOUT);
    }

    /**
     * Like {@link #worker()}, with the given time limit.
     *
     * @throws IOException if no worker answers in time
     */
    public HaproxyWorker worker(Duration patience) throws IOException, InterruptedException {
        List<String> answers = ask(List.of(WHO, REVISION), patience);
        Optional<String> revision = answers.getLast()
                .lines()
                .filter(line -> line.startsWith(REVISION_PREFIX))
                .map(line -> line.substring(REVISION_PREFIX.length()).strip())
                .findFirst();
        return new HaproxyWorker(pid(answers.getFirst()), revision);
    }

    /**
     * The version of the worker that answers; empty if it does not report one.
     *
     * @throws IOException if no worker answers
     */
    public Optional<HaproxyVersion> version() throws IOException, InterruptedException {
        Matcher matcher = VERSION.matcher(ask(List.of(WHO), TIMEOUT).getFirst());
        return matcher.find()
                ? Optional.of(
                        new HaproxyVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * Runs commands, as many at a time as HAProxy accepts.
     *
     * @param pid the worker that the commands are for
     * @return the answer to each command
     * @throws OtherWorkerException if another worker received some or all of the commands
     * @throws IOException if some or all of the commands were not answered
     */
    List<String> run(long pid, List<RuntimeCommand> commands) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        int next = 0;
        while (next < commands.size()) {
            List<RuntimeCommand> batch = new ArrayList<>(List.of(WHO));
            int length = WHO.text().length();
            do {
                length += commands.get(next).text().length() + SEPARATOR.length();
                batch.add(commands.get(next++));
            } while (next < commands.size()
                    && length + commands.get(next).text().length() < LONGEST_LINE);
            List<String> some = ask(batch, TIMEOUT);
            if (pid(some.getFirst()) != pid) {
                throw new OtherWorkerException("another worker has taken over");
            }
            answers.addAll(some.subList(1, some.size()));
        }
        return answers;
    }

    private List<String> ask(List<RuntimeCommand> commands, Duration patience)
            throws IOException, InterruptedException {
        String line = commands.stream().map(RuntimeCommand::text).collect(Collectors.joining(SEPARATOR));
        return RuntimeResponseReader.read(socket.ask(line, Deadline.in(patience)), commands);
    }

    private static long pid(String info) throws IOException {
        Matcher matcher = PID.matcher(info);
        if (!matcher.find()) {
            throw new IOException("HAProxy does not say which process it is");
        }
        return Long.parseLong(matcher.group(1));
    }
}
