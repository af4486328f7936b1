package io.interlock.haproxy.application;

import java.util.List;

/**
 * What came back for a request.
 *
 * @param status 0 if the connection was closed without an answer
 * @param lines the lines of an application's answer; without its lines, HAProxy or the application refused the request
 */
record ApplicationAnswer(int status, List<String> lines) {

    ApplicationAnswer {
        lines = List.copyOf(lines);
    }

    boolean isProtected() {
        return lines.contains("PART=protected");
    }

    boolean isOpen() {
        return lines.contains("PART=open");
    }

    /** The values of a header, named as in CGI; each once for each time that it came. */
    List<String> values(String name) {
        String prefix = name + "=";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }
}
