package io.interlock.app.docker.client;

import java.util.regex.Pattern;

/** The engine's ids of containers: what may stand in a request's path without being escaped. */
public final class ContainerIdValidator {

    private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]{0,127}");

    private ContainerIdValidator() {}

    public static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }
}
