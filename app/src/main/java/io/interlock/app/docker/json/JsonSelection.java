package io.interlock.app.docker.json;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parts of a JSON document that are kept. A selection applies to a value; for an array, it applies to each element.
 * Immutable.
 */
public abstract class JsonSelection {

    /** Everything. */
    public static final JsonSelection ALL = new JsonSelection() {
        @Override
        Optional<JsonSelection> member(String name) {
            return Optional.of(this);
        }
    };

    private JsonSelection() {}

    /** Returns the selection of the value of a member; empty if it is skipped. */
    abstract Optional<JsonSelection> member(String name);

    /** Whether a text is kept as an element of an array. */
    boolean keeps(String text) {
        return true;
    }

    /** Returns the maximum cost of what is kept; beyond it, {@link JsonSelectionReader#EXCESS} takes its place. */
    long limit() {
        return Long.MAX_VALUE;
    }

    /** Keeps members by their names. */
    public static JsonSelection members(Map<String, JsonSelection> byName) {
        Map<String, JsonSelection> members = Map.copyOf(byName);
        return new JsonSelection() {
            @Override
            Optional<JsonSelection> member(String name) {
                return Optional.ofNullable(members.get(name));
            }
        };
    }

    /** Keeps what another selection keeps, too; that one counts for the members of both. */
    public JsonSelection and(JsonSelection other) {
        JsonSelection first = this;
        return new JsonSelection() {
            @Override
            Optional<JsonSelection> member(String name) {
                return other.member(name).or(() -> first.member(name));
            }
        };
    }

    /** Keeps the members whose names match, and of their values what the selection keeps. */
    public static JsonSelection each(Predicate<String> names, JsonSelection values) {
        return new JsonSelection() {
            @Override
            Optional<JsonSelection> member(String name) {
                return names.test(name) ? Optional.of(values) : Optional.empty();
            }
        };
    }

    /** Keeps the texts that match, of an array. */
    public static JsonSelection texts(Predicate<String> matching) {
        return new JsonSelection() {
            @Override
            Optional<JsonSelection> member(String name) {
                return Optional.empty();
            }

            @Override
            boolean keeps(String text) {
                return matching.test(text);
            }
        };
    }

    /** Returns the same selection, with a limit of its own: a larger value does not cost the rest of the document. */
    public JsonSelection limitedTo(long cost) {
        JsonSelection unlimited = this;
        return new JsonSelection() {
            @Override
            Optional<JsonSelection> member(String name) {
                return unlimited.member(name);
            }

            @Override
            boolean keeps(String text) {
                return unlimited.keeps(text);
            }

            @Override
            long limit() {
                return cost;
            }
        };
    }
}
