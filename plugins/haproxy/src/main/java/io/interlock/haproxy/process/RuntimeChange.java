package io.interlock.haproxy.process;

import io.interlock.haproxy.plan.Actual;
import io.interlock.haproxy.plan.Actual.ActualServer;
import io.interlock.haproxy.plan.Plan;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.Served.ServerKey;
import io.interlock.haproxy.plan.Step;
import io.interlock.haproxy.plan.StepTargets;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.render.Layout;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the steps of a plan, and reads back what HAProxy made of them. Confined to one thread. */
public final class RuntimeChange {

    private static final String STILL_CONNECTED = "still has connections";
    private static final String DELETED = "Server deleted";

    private static final Duration MOVE_TIMEOUT = Duration.ofSeconds(1);

    private final RuntimeApi api;
    private final StepCommands commands;
    private final CertificateChange certificates;
    private final ReadBack readBack;

    public RuntimeChange(RuntimeApi api, Layout layout) {
        this.api = api;
        this.commands = new StepCommands(layout);
        this.certificates = new CertificateChange(api, layout);
        this.readBack = new ReadBack(commands, certificates, layout);
    }

    /**
     * Takes the steps.
     *
     * @param served what the worker has; afterwards, what it has then
     * @return how HAProxy differs from that now, as far as it was touched, for people; empty if all went well
     * @throws IOException if the worker did not answer to everything, or is another one; what it has is not known then
     */
    public List<String> take(long worker, Served served, Plan.Steps plan, Wanted wanted)
            throws IOException, InterruptedException {
        StepTargets targets = StepTargets.of(plan.steps());
        Told told = tell(worker, plan.steps(), readBack.questions(targets));
        served.note(plan, wanted, told.refused);
        told.differences.addAll(ReadBack.actual(targets, told.reading).differences(served, targets));
        return told.differences;
    }

    /**
     * Tries again to remove what could not be removed.
     *
     * @return as {@link #take}
     */
    public List<String> sweep(long worker, Served served, List<Step.RemoveServer> steps)
            throws IOException, InterruptedException {
        StepTargets targets = StepTargets.of(steps);
        Told told = tell(worker, steps, readBack.questions(targets));
        served.noteSwept(steps, told.refused);
        told.differences.addAll(ReadBack.actual(targets, told.reading).differences(served, targets));
        return told.differences;
    }

    /**
     * Compares everything.
     *
     * @return as {@link #take}
     */
    public List<String> verify(long worker, Served served) throws IOException, InterruptedException {
        return read(worker, served).differences(served);
    }

    /**
     * Asks for everything.
     *
     * @param loaded what the worker has loaded, which tells what can be asked for
     * @throws IOException if the worker does not answer, is another one, or has what cannot be
     */
    public Actual read(long worker, Served loaded) throws IOException, InterruptedException {
        return ReadBack.actual(loaded, api.run(worker, readBack.questions(loaded)));
    }

    private record Told(Set<ServerKey> refused, List<String> differences, List<String> reading) {}

    private Told tell(long worker, List<? extends Step> steps, List<Command> reading)
            throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>(certificates.add(worker, steps));
        failures.addAll(certificates.remove(worker, steps));
        move(worker, steps);
        List<Command> told = commands.of(steps);
        List<Command> all = new ArrayList<>(told);
        all.addAll(reading);
        List<String> answers = api.run(worker, all);
        Set<ServerKey> refused = new HashSet<>();
        int removal = told.size()
                - (int) steps.stream().filter(RuntimeChange::removes).count();
        for (int i = 0; i < removal; i++) {
            if (told.get(i).answer() == Command.Answer.WORDS_IF_FAILED
                    && !answers.get(i).isEmpty()) {
                failures.add("\"" + told.get(i).text() + "\" was answered with: " + answers.get(i));
            }
        }
        for (Step step : steps) {
            if (step instanceof Step.RemoveServer remove) {
                String answer = answers.get(removal);
                if (answer.contains(STILL_CONNECTED)) {
                    refused.add(new ServerKey(remove.place(), remove.server()));
                } else if (!answer.contains(DELETED)) {
                    failures.add("\"" + told.get(removal).text() + "\" was answered with: " + answer);
                }
                removal++;
            }
        }
        return new Told(refused, failures, answers.subList(told.size(), answers.size()));
    }

    /** Gives servers their new addresses while they are out of service, so that no request goes to the old one. */
    private void move(long worker, List<? extends Step> steps) throws IOException, InterruptedException {
        List<Step.MoveServer> moves = steps.stream()
                .filter(step -> step instanceof Step.MoveServer)
                .map(Step.MoveServer.class::cast)
                .toList();
        if (moves.isEmpty()) {
            return;
        }
        List<Command> questions =
                moves.stream().map(move -> ServerTable.question(move.place())).toList();
        List<Command> told = new ArrayList<>(StepCommands.beforehand(moves));
        told.addAll(questions);
        List<String> answers = api.run(worker, told);
        Deadline deadline = Deadline.in(MOVE_TIMEOUT);
        while (!haveMoved(moves, answers.subList(answers.size() - moves.size(), answers.size()))
                && !deadline.isOver()) {
            Deadline.pause();
            answers = api.run(worker, questions);
        }
    }

    private static boolean haveMoved(List<Step.MoveServer> moves, List<String> answers) {
        for (int i = 0; i < moves.size(); i++) {
            Step.MoveServer move = moves.get(i);
            ActualServer server = ServerTable.parse(answers.get(i))
                    .getOrDefault(move.place(), Map.of())
                    .get(move.server());
            if (server == null || !server.hasEndpointOf(move.spec())) {
                return false;
            }
        }
        return true;
    }

    private static boolean removes(Step step) {
        return step instanceof Step.RemoveServer;
    }
}
