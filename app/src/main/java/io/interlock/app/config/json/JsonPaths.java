package io.interlock.app.config.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;

/** Builds JSON paths for messages: {@code $.engines[0].engine.addr}, {@code $.plugins['a b']}. */
public final class JsonPaths {

    /** Path of the document itself. */
    public static final String ROOT = "$";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private JsonPaths() {}

    /** Returns the path of a member of the object at a path. */
    public static String member(String path, String key) {
        if (PLAIN.matcher(key).matches()) {
            return path + "." + key;
        }
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(key));
        return path + "['" + escaped + "']";
    }

    /** Returns the path of an element of the list at a path; the first has index 0. */
    public static String element(String path, int index) {
        return path + "[" + index + "]";
    }
}
