package io.interlock.haproxy.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advice on problems that HAProxy's own check does not detect, and that make HAProxy end when it starts. */
public final class StartupAdvice {

    private static final Pattern TOO_FEW_DESCRIPTORS =
            Pattern.compile("(?:FD limit|maxsock|[Nn]ot enough file descriptors|[Tt]oo many open files)");

    private StartupAdvice() {}

    /** HAProxy's output, with advice if there is any. */
    public static String withAdvice(String printed) {
        Matcher descriptors = TOO_FEW_DESCRIPTORS.matcher(printed);
        return !descriptors.find()
                ? printed
                : printed + "; HAProxy needs two file descriptors for each of \"max_conn\" connections and one for each"
                        + " server: lower \"max_conn\", or raise the limit (ulimit -n; LimitNOFILE= of systemd;"
                        + " --ulimit nofile= of docker run)";
    }
}
