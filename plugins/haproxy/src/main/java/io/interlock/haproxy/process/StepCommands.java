package io.interlock.haproxy.process;

import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.ServerSpec;
import io.interlock.haproxy.plan.Step;
import io.interlock.haproxy.render.Layout;
import io.interlock.haproxy.render.ServerParameters;
import java.util.ArrayList;
import java.util.List;

/** What to tell HAProxy for each step. */
final class StepCommands {

    private final Layout layout;

    StepCommands(Layout layout) {
        this.layout = layout;
    }

    /**
     * The commands of all steps. Those that delete servers come last of all, since only then it is known where the answer to
     * each ends.
     */
    List<Command> of(List<? extends Step> steps) {
        List<Command> commands = new ArrayList<>();
        steps.forEach(step -> add(step, commands));
        for (Step step : steps) {
            if (step instanceof Step.RemoveServer remove) {
                commands.add(delete(remove));
            }
        }
        return commands;
    }

    /** What has to be told first, and to have come true, before {@link #of}: HAProxy 3.0 takes a while for it. */
    static List<Command> beforehand(List<Step.MoveServer> steps) {
        List<Command> commands = new ArrayList<>();
        for (Step.MoveServer move : steps) {
            ServerSpec spec = move.spec();
            commands.add(Command.quiet("set server " + path(move) + " state maint"));
            commands.add(Command.talking(
                    "set server " + path(move) + " addr " + spec.address().getHostAddress() + " port " + spec.port()));
        }
        return commands;
    }

    private static Command delete(Step.RemoveServer step) {
        return new Command("del server " + path(step), Command.Answer.LINE);
    }

    /** The line as the commands that read maps want it, too. */
    String line(Entry.Key key) {
        return layout.map(key.map()) + " " + word(key.text());
    }

    private void add(Step step, List<Command> commands) {
        switch (step) {
            case Step.AddServer add -> {
                ServerSpec spec = add.spec();
                String server = path(add);
                commands.add(Command.talking("add server " + server + " " + spec.endpoint() + " "
                        + ServerParameters.ofNew(spec, add.defaults().parameters())));
                if (!spec.isWaiting()) {
                    commands.add(Command.quiet("enable health " + server));
                }
                if (add.defaults().cookie()) {
                    // HAProxy 2.6 gives it no value of the cookie before.
                    commands.add(Command.quiet("enable dynamic-cookie backend " + add.place()));
                }
                commands.add(Command.quiet("enable server " + server));
            }
            case Step.MoveServer move -> {
                commands.add(Command.quiet(
                        "set server " + path(move) + " weight " + move.spec().weight()));
                commands.add(Command.quiet("set server " + path(move) + " state ready"));
            }
            case Step.WeighServer weigh ->
                commands.add(Command.quiet("set server " + path(weigh) + " weight " + weigh.weight()));
            case Step.RemoveServer remove -> commands.add(Command.quiet("set server " + path(remove) + " state maint"));
            case Step.AddEntry(Entry.Key key, String value) ->
                commands.add(Command.quiet("add map " + line(key) + " " + word(value)));
            case Step.SetEntry(Entry.Key key, String value) ->
                commands.add(Command.quiet("set map " + line(key) + " " + word(value)));
            case Step.DeleteEntry(Entry.Key key) -> commands.add(Command.quiet("del map " + line(key)));
            case Step.OnCertificate certificate -> {
                // Told by themselves, with their keys.
            }
        }
    }

    /** Among commands a semicolon would end this one. */
    private static String word(String text) {
        return text.replace(";", "\\;");
    }

    private static String path(Step.OnServer step) {
        return step.place() + "/" + step.server();
    }
}
