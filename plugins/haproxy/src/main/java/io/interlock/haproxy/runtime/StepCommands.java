package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.plan.RuntimeStep;
import io.interlock.haproxy.render.directive.ServerParameters;
import java.util.ArrayList;
import java.util.List;

/** Commands of the Runtime API for steps. */
final class StepCommands {

    private final HaproxyPaths layout;

    StepCommands(HaproxyPaths layout) {
        this.layout = layout;
    }

    /** The commands of all steps. Commands that delete servers come last, because their answers have no fixed end. */
    List<RuntimeCommand> of(List<? extends RuntimeStep> steps) {
        List<RuntimeCommand> commands = new ArrayList<>();
        steps.forEach(step -> add(step, commands));
        for (RuntimeStep step : steps) {
            if (step instanceof RuntimeStep.RemoveServer remove) {
                commands.add(delete(remove));
            }
        }
        return commands;
    }

    /**
     * The commands that must be run, and must have taken effect, before those of {@link #of}. HAProxy 3.0 takes a while
     * for them.
     */
    static List<RuntimeCommand> moveCommands(List<RuntimeStep.MoveServer> steps) {
        List<RuntimeCommand> commands = new ArrayList<>();
        for (RuntimeStep.MoveServer move : steps) {
            ServerSpec spec = move.spec();
            commands.add(RuntimeCommand.quiet("set server " + path(move) + " state maint"));
            commands.add(RuntimeCommand.talking(
                    "set server " + path(move) + " addr " + spec.address().getHostAddress() + " port " + spec.port()));
        }
        return commands;
    }

    private static RuntimeCommand delete(RuntimeStep.RemoveServer step) {
        return new RuntimeCommand("del server " + path(step), RuntimeCommand.ResponseFormat.LINE);
    }

    /** The commands that delete a backend. If it cannot be deleted yet, it stays as it was. */
    static List<RuntimeCommand> deletion(String place) {
        return List.of(
                RuntimeCommand.talking("unpublish backend " + place),
                RuntimeCommand.talking("del backend " + place),
                RuntimeCommand.talking("publish backend " + place));
    }

    /** The map and the key as arguments of a command; commands that read maps take the same arguments. */
    String line(MapEntry.Key key) {
        return layout.map(key.map()) + " " + word(key.text());
    }

    private void add(RuntimeStep step, List<RuntimeCommand> commands) {
        switch (step) {
            case RuntimeStep.AddBackend(String place, String defaults) -> {
                commands.add(RuntimeCommand.talking("add backend " + place + " from " + defaults));
                commands.add(RuntimeCommand.talking("publish backend " + place));
            }
            case RuntimeStep.AddServer add -> {
                ServerSpec spec = add.spec();
                String server = path(add);
                commands.add(RuntimeCommand.talking(
                        "add server " + server + " " + spec.endpoint() + " " + ServerParameters.ofNew(spec)));
                if (!spec.isWaiting()) {
                    commands.add(RuntimeCommand.quiet("enable health " + server));
                }
                if (add.sticky()) {
                    // HAProxy 2.6 gives the server no cookie value before this command.
                    commands.add(RuntimeCommand.quiet("enable dynamic-cookie backend " + add.place()));
                }
                if (!isResting(spec.weight(), add.sticky())) {
                    commands.add(RuntimeCommand.quiet("enable server " + server));
                }
            }
            case RuntimeStep.MoveServer move -> {
                commands.add(RuntimeCommand.quiet(
                        "set server " + path(move) + " weight " + move.spec().weight()));
                if (!isResting(move.spec().weight(), move.sticky())) {
                    commands.add(RuntimeCommand.quiet("set server " + path(move) + " state ready"));
                }
            }
            case RuntimeStep.SetServerWeight weigh -> {
                commands.add(RuntimeCommand.quiet("set server " + path(weigh) + " weight " + weigh.weight()));
                if (weigh.sticky()) {
                    commands.add(RuntimeCommand.quiet("set server " + path(weigh) + " state "
                            + (isResting(weigh.weight(), true) ? "maint" : "ready")));
                }
            }
            case RuntimeStep.RemoveServer remove ->
                commands.add(RuntimeCommand.quiet("set server " + path(remove) + " state maint"));
            case RuntimeStep.AddEntry(MapEntry.Key key, String value) ->
                commands.add(RuntimeCommand.quiet("add map " + line(key) + " " + word(value)));
            case RuntimeStep.SetEntry(MapEntry.Key key, String value) ->
                commands.add(RuntimeCommand.quiet("set map " + line(key) + " " + word(value)));
            case RuntimeStep.DeleteEntry(MapEntry.Key key) ->
                commands.add(RuntimeCommand.quiet("del map " + line(key)));
            case RuntimeStep.CertificateStep certificate -> {
                // Certificates have their own commands, which contain their keys.
            }
        }
    }

    /** Whether the server must also lose the clients that a cookie ties to it. */
    private static boolean isResting(int weight, boolean sticky) {
        return weight == 0 && sticky;
    }

    /** Escapes semicolons, which separate commands. */
    private static String word(String text) {
        return text.replace(";", "\\;");
    }

    private static String path(RuntimeStep.ServerStep step) {
        return step.place() + "/" + step.server();
    }
}
