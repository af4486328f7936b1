package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.ObservedState;
import io.interlock.haproxy.plan.ObservedState.ObservedServer;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import io.interlock.haproxy.plan.RuntimeStep;
import io.interlock.haproxy.plan.StepTargets;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Executes the steps of a plan, and reads back their effect on HAProxy. Confined to one thread. */
public final class StepExecutor {

    private static final String STILL_CONNECTED = "still has connections";
    private static final String BACKEND_DELETED = "Backend deleted";
    private static final String DELETED = "Server deleted";

    private static final Duration MOVE_TIMEOUT = Duration.ofSeconds(1);

    private final RuntimeApi api;
    private final StepCommands commands;
    private final CertificateUpdater certificates;
    private final StateVerifier readBack;

    public StepExecutor(RuntimeApi api, HaproxyPaths layout) {
        this.api = api;
        this.commands = new StepCommands(layout);
        this.certificates = new CertificateUpdater(api, layout);
        this.readBack = new StateVerifier(commands, certificates, layout);
    }

    /**
     * Executes the steps of a plan.
     *
     * @param served the state of the worker; this method updates it
     * @return the differences between HAProxy and the updated state in the targets of the steps, for messages; empty on
     *     success
     * @throws IOException if the worker did not answer every command, or if another worker answered; the state of the
     *     worker is then unknown
     */
    public List<String> execute(long worker, ProxyState served, ApplyPlan.Steps plan, DesiredConfig desired)
            throws IOException, InterruptedException {
        StepTargets targets = StepTargets.of(plan.steps());
        StepResults told = tell(worker, plan.steps(), readBack.questions(targets));
        served.note(plan, desired, told.refused);
        told.differences.addAll(StateVerifier.actual(targets, told.reading).differences(served, targets));
        return told.differences;
    }

    /**
     * Tries again to remove the servers that could not be removed.
     *
     * @return as {@link #execute}
     */
    public List<String> sweep(long worker, ProxyState served, List<RuntimeStep.RemoveServer> steps)
            throws IOException, InterruptedException {
        StepTargets targets = StepTargets.of(steps);
        StepResults told = tell(worker, steps, readBack.questions(targets));
        served.noteSwept(steps, told.refused);
        told.differences.addAll(StateVerifier.actual(targets, told.reading).differences(served, targets));
        return told.differences;
    }

    /**
     * Deletes backends that were added, unless they still have connections.
     *
     * @throws IOException as {@link #execute}
     */
    public void delete(long worker, ProxyState served, List<String> places) throws IOException, InterruptedException {
        List<List<RuntimeCommand>> deletions =
                places.stream().map(StepCommands::deletion).toList();
        Iterator<String> answers = api.run(
                        worker, deletions.stream().flatMap(List::stream).toList())
                .iterator();
        for (int i = 0; i < places.size(); i++) {
            boolean deleted = false;
            for (int command = 0; command < deletions.get(i).size(); command++) {
                deleted |= answers.next().contains(BACKEND_DELETED);
            }
            if (deleted) {
                served.noteDeleted(places.get(i));
            }
        }
    }

    /**
     * Compares the complete state.
     *
     * @return as {@link #execute}
     */
    public List<String> verify(long worker, ProxyState served) throws IOException, InterruptedException {
        return read(worker, served).differences(served);
    }

    /**
     * Reads the complete state.
     *
     * @param loaded the state that the worker has loaded, which determines what can be asked for
     * @throws IOException if the worker does not answer, if another worker answers, or if the state is not plausible
     */
    public ObservedState read(long worker, ProxyState loaded) throws IOException, InterruptedException {
        return StateVerifier.actual(loaded, api.run(worker, readBack.questions(loaded)));
    }

    private record StepResults(Set<ServerKey> refused, List<String> differences, List<String> reading) {}

    private StepResults tell(long worker, List<? extends RuntimeStep> steps, List<RuntimeCommand> reading)
            throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>(certificates.add(worker, steps));
        failures.addAll(certificates.remove(worker, steps));
        move(worker, steps);
        List<RuntimeCommand> told = commands.of(steps);
        List<RuntimeCommand> all = new ArrayList<>(told);
        all.addAll(reading);
        List<String> answers = api.run(worker, all);
        Set<ServerKey> refused = new HashSet<>();
        int removal =
                told.size() - (int) steps.stream().filter(StepExecutor::removes).count();
        for (int i = 0; i < removal; i++) {
            if (told.get(i).answer() == RuntimeCommand.ResponseFormat.WORDS_IF_FAILED
                    && !answers.get(i).isEmpty()) {
                failures.add("\"" + told.get(i).text() + "\" was answered with: " + answers.get(i));
            }
        }
        for (RuntimeStep step : steps) {
            if (step instanceof RuntimeStep.RemoveServer remove) {
                String answer = answers.get(removal);
                if (answer.contains(STILL_CONNECTED)) {
                    refused.add(new ServerKey(remove.place(), remove.server()));
                } else if (!answer.contains(DELETED)) {
                    failures.add("\"" + told.get(removal).text() + "\" was answered with: " + answer);
                }
                removal++;
            }
        }
        return new StepResults(refused, failures, answers.subList(told.size(), answers.size()));
    }

    /**
     * Changes the addresses of servers while the servers are out of service, so that no request goes to the old
     * address.
     */
    private void move(long worker, List<? extends RuntimeStep> steps) throws IOException, InterruptedException {
        List<RuntimeStep.MoveServer> moves = steps.stream()
                .filter(step -> step instanceof RuntimeStep.MoveServer)
                .map(RuntimeStep.MoveServer.class::cast)
                .toList();
        if (moves.isEmpty()) {
            return;
        }
        List<RuntimeCommand> questions = moves.stream()
                .map(move -> ServerStateTable.question(move.place()))
                .toList();
        List<RuntimeCommand> told = new ArrayList<>(StepCommands.moveCommands(moves));
        told.addAll(questions);
        List<String> answers = api.run(worker, told);
        Deadline deadline = Deadline.in(MOVE_TIMEOUT);
        while (!haveMoved(moves, answers.subList(answers.size() - moves.size(), answers.size()))
                && !deadline.isOver()) {
            Deadline.pause();
            answers = api.run(worker, questions);
        }
    }

    private static boolean haveMoved(List<RuntimeStep.MoveServer> moves, List<String> answers) {
        for (int i = 0; i < moves.size(); i++) {
            RuntimeStep.MoveServer move = moves.get(i);
            ObservedServer server = ServerStateTable.parse(answers.get(i))
                    .getOrDefault(move.place(), Map.of())
                    .get(move.server());
            if (server == null || !server.hasEndpointOf(move.spec())) {
                return false;
            }
        }
        return true;
    }

    private static boolean removes(RuntimeStep step) {
        return step instanceof RuntimeStep.RemoveServer;
    }
}
