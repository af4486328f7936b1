package io.interlock.app;

import io.interlock.app.cli.CommandLineInterface;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.cli.InterlockApplication;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Entry point of the process, which also sets its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, System.getenv(), out, err, Interlock::new));
    }

    /**
     * Executes the command line; returns when the command has ended.
     *
     * @return one of {@link ExitCodes}
     */
    static int run(
            String[] args,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Supplier<InterlockApplication> application) {
        try {
            return new CommandLineInterface(environment, out, err, application).run(version(), args);
        } catch (RuntimeException | LinkageError e) {
            err.println("interlock: an error in Interlock itself, please report it");
            e.printStackTrace(err);
            return ExitCodes.FAILED;
        }
    }

    private static String version() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return "interlock " + version + ", Java " + Runtime.version();
    }
}
