package io.interlock.app.docker.client;

import java.util.regex.Pattern;

/** Ids of a swarm's services, tasks and nodes. What does not look like one never becomes a part of a request. */
public final class SwarmIdValidator {

    private static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");

    private SwarmIdValidator() {}

    public static boolean isValid(String id) {
        return ID.matcher(id).matches();
    }
}
