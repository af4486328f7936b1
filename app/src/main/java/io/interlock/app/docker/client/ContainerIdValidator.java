package io.interlock.app.docker.client;

import java.util.regex.Pattern;

/** Validates ids of containers. A valid id may be part of a request's path without escaping. */
public final class ContainerIdValidator {

    private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]{0,127}");

    private ContainerIdValidator() {}

    public static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }
}
