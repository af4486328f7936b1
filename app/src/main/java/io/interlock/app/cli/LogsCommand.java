package io.interlock.app.cli;

import io.interlock.app.admin.AdminClient;
import io.interlock.app.admin.AdminCommands;
import io.interlock.app.cli.text.RequestText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Command {@code logs}: shows the latest requests of a running Interlock, and each new one. */
record LogsCommand(CliArguments arguments, PrintWriter out, PrintWriter err) {

    private static final int USUAL_COUNT = 20;

    int make(AdminClient running) throws IOException {
        String question = AdminCommands.logs(
                arguments.has(CommandLineSyntax.FOLLOW),
                arguments.number(CommandLineSyntax.COUNT, USUAL_COUNT),
                arguments.subject(),
                arguments.option(CommandLineSyntax.STATUSES).orElse(""));
        boolean isJson = arguments.isJson();
        int[] code = {ExitCodes.OK};
        running.follow(question, request -> {
            Optional<String> error = AdminCommands.error(request);
            if (error.isPresent()) {
                err.println("interlock: " + error.get());
                code[0] = ExitCodes.FAILED;
                return false;
            }
            out.println(isJson ? request.toString() : RequestText.of(request));
            out.flush();
            return !out.checkError();
        });
        return code[0];
    }
}
