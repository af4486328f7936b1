package io.interlock.app.topology.field;

import java.util.List;

/** Form of a field's value: what the schema of INTERLOCK_DATA states of it, and the bounds that readers hold. */
public sealed interface ValueForm {

    /** Any text. */
    ValueForm TEXT = new Text("");

    /** True or false. */
    ValueForm FLAG = new Flag();

    /** Elements of a list where a field has no limit of its own. */
    int USUAL_ELEMENTS = 200;

    /**
     * Text.
     *
     * @param pattern regular expression that a part of it matches; empty: any
     */
    record Text(String pattern) implements ValueForm {}

    /** True or false. */
    record Flag() implements ValueForm {}

    /**
     * A whole number.
     *
     * @param unit of what, for people; may be empty
     * @param least the lowest
     * @param most the highest
     */
    record WholeNumber(String unit, int least, int most) implements ValueForm {

        /** What a message says was expected. */
        public String expected() {
            return "expected " + (unit.isEmpty() ? "" : unit + ", ") + least + " to " + most;
        }

        public boolean contains(int number) {
            return number >= least && number <= most;
        }
    }

    /** One of several texts; those of digits may be numbers, too. */
    record Word(List<String> words) implements ValueForm {}

    /**
     * A list.
     *
     * @param most the number of elements that it may have
     */
    record Elements(ValueForm element, int most) implements ValueForm {}

    /** Any of several forms. */
    record Either(List<ValueForm> forms) implements ValueForm {}

    static ValueForm text(String pattern) {
        return new Text(pattern);
    }

    static ValueForm number(String unit, int least, int most) {
        return new WholeNumber(unit, least, most);
    }

    static ValueForm word(String... words) {
        return new Word(List.of(words));
    }

    /** A list of texts. */
    static ValueForm list() {
        return list(TEXT, USUAL_ELEMENTS);
    }

    static ValueForm list(ValueForm element, int most) {
        return new Elements(element, most);
    }

    static ValueForm either(ValueForm... forms) {
        return new Either(List.of(forms));
    }
}
