package io.interlock.app.topology.field;

import io.interlock.api.topology.Route;
import io.interlock.util.PathNormalForm;
import java.util.regex.Pattern;

/** Parser of paths that a container gives for its routes and redirects. */
public final class PathSyntax {

    private static final Pattern WILDCARD = Pattern.compile("/\\*{1,2}$");

    private PathSyntax() {}

    /**
     * Whether the path has a slash at its end in its normal form.
     *
     * @param text a path that {@link #prefix} accepts
     */
    public static boolean isFolder(String text) {
        return PathNormalForm.of(text).endsWith("/");
    }

    /**
     * Returns the normal form, without a slash at the end, as in {@link Route#pathPrefix}.
     *
     * @throws IllegalArgumentException if this is not a path, or has no normal form
     */
    public static String prefix(String text) {
        // Bounds the work, before the path is read.
        new Route("/" + "x".repeat(text.length()), "any");
        String path;
        try {
            path = PathNormalForm.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a path prefix: it " + e.getMessage(), e);
        }
        if (WILDCARD.matcher(path).find()) {
            String all = WILDCARD.matcher(path).replaceFirst("");
            throw new IllegalArgumentException(
                    "a path matches all paths below it: write " + (all.isEmpty() ? "/" : all) + " without the *");
        }
        return new Route(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path, "any")
                .pathPrefix();
    }
}
