package io.interlock.haproxy.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Splits HAProxy's answer to several commands. */
final class RuntimeResponseReader {

    private final List<String> lines;
    private int next;

    private RuntimeResponseReader(String answer) {
        this.lines = answer.lines().toList();
    }

    /**
     * @return the answer to each command, without empty lines
     * @throws IOException if answers are missing
     */
    static List<String> read(String answer, List<RuntimeCommand> commands) throws IOException {
        RuntimeResponseReader reader = new RuntimeResponseReader(answer);
        List<String> answers = new ArrayList<>();
        for (RuntimeCommand command : commands) {
            answers.add(reader.one(command));
        }
        return answers;
    }

    private String one(RuntimeCommand command) throws IOException {
        while (command.answer() != RuntimeCommand.ResponseFormat.WORDS_IF_FAILED && isEmpty(next)) {
            next++;
        }
        if (next >= lines.size()) {
            throw new IOException("HAProxy does not answer \"" + command.text() + "\"");
        }
        if (command.answer() == RuntimeCommand.ResponseFormat.LINE) {
            return lines.get(next++);
        }
        int first = next;
        while (next < lines.size() && !isEmpty(next)) {
            next++;
        }
        return String.join("\n", lines.subList(first, next++));
    }

    private boolean isEmpty(int line) {
        return line < lines.size() && lines.get(line).isEmpty();
    }
}
