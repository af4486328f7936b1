package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.plan.RuntimeStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds and removes certificates of a running HAProxy. Keys pass only through HAProxy's socket, which only its user can
 * access.
 */
final class CertificateUpdater {

    private static final String CREATED = "New empty certificate store";
    private static final String STORED = "Transaction created";
    private static final String DONE = "Success!";
    private static final String DELETED = "deleted";

    private final RuntimeApi api;
    private final HaproxyPaths layout;

    CertificateUpdater(RuntimeApi api, HaproxyPaths layout) {
        this.api = api;
        this.layout = layout;
    }

    /**
     * Adds the new certificates of the steps.
     *
     * @return the failures, for messages
     */
    List<String> add(long worker, List<? extends RuntimeStep> steps) throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (RuntimeStep step : steps) {
            if (step instanceof RuntimeStep.AddCertificate(CertificateSpec certificate)) {
                add(worker, certificate).ifPresent(failures::add);
            }
        }
        return failures;
    }

    /**
     * Removes the certificates that are no longer needed.
     *
     * @return the failures, for messages
     */
    List<String> remove(long worker, List<? extends RuntimeStep> steps) throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (RuntimeStep step : steps) {
            if (step instanceof RuntimeStep.RemoveCertificate(CertificateSpec certificate)) {
                String path = certificate.path();
                tell(worker, "del ssl crt-list " + layout.certificateList() + " " + path, DELETED)
                        .ifPresent(failures::add);
                tell(worker, "del ssl cert " + path, DELETED).ifPresent(failures::add);
            }
        }
        return failures;
    }

    private Optional<String> add(long worker, CertificateSpec certificate) throws IOException, InterruptedException {
        String path = certificate.path();
        String pem;
        try {
            pem = Files.readString(Path.of(certificate.source()));
        } catch (NoSuchFileException e) {
            return Optional.of("certificate " + certificate.id() + " has gone before it was shown");
        }
        Optional<String> failure = tell(worker, "new ssl cert " + path, CREATED);
        if (failure.isEmpty()) {
            failure = tell(worker, payload("set ssl cert " + path, pem), STORED);
        }
        if (failure.isEmpty()) {
            failure = tell(worker, "commit ssl cert " + path, DONE);
        }
        if (failure.isEmpty()) {
            failure = tell(
                    worker,
                    payload(
                            "add ssl crt-list " + layout.certificateList(),
                            certificate.lines().getFirst() + "\n"),
                    DONE);
        }
        return failure;
    }

    /** Command with a text of several lines. Blank lines are dropped, because the first one would end the text. */
    private static String payload(String command, String text) {
        return command + " <<\n"
                + text.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n", "", "\n"));
    }

    private Optional<String> tell(long worker, String command, String success)
            throws IOException, InterruptedException {
        String answer =
                api.run(worker, List.of(RuntimeCommand.talking(command))).getFirst();
        return answer.contains(success)
                ? Optional.empty()
                : Optional.of("\"" + command.lines().findFirst().orElse("") + "\" was answered with: "
                        + answer.replace('\n', ' '));
    }

    /** The command that lists the certificates in use. */
    RuntimeCommand question() {
        return RuntimeCommand.talking("show ssl crt-list " + layout.certificateList());
    }

    /** The path of each certificate in the answer. */
    static Set<String> shown(String answer) {
        return answer.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" ", 2)[0])
                .collect(Collectors.toSet());
    }
}
