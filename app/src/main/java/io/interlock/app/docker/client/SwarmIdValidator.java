package io.interlock.app.docker.client;

import java.util.regex.Pattern;

/** Validates ids of a swarm's services, tasks and nodes. An invalid id never becomes part of a request. */
public final class SwarmIdValidator {

    private static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");

    private SwarmIdValidator() {}

    public static boolean isValid(String id) {
        return ID.matcher(id).matches();
    }
}
