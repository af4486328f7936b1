package io.interlock.app.topology.field;

import java.util.List;

/** Form of a field's value: the type in the schema of INTERLOCK_DATA, and the bounds that the readers enforce. */
public sealed interface ValueForm {

    /** Any text. */
    ValueForm TEXT = new Text("");

    /** {@code true} or {@code false}. */
    ValueForm FLAG = new Flag();

    /** Maximum number of elements of a list whose field has no limit of its own. */
    int USUAL_ELEMENTS = 200;

    /**
     * Text.
     *
     * @param pattern regular expression that must match a part of the text; empty: any text
     */
    record Text(String pattern) implements ValueForm {}

    /** {@code true} or {@code false}. */
    record Flag() implements ValueForm {}

    /**
     * Whole number.
     *
     * @param unit of the number, for people; may be empty
     * @param least the lowest
     * @param most the highest
     */
    record WholeNumber(String unit, int least, int most) implements ValueForm {

        /** Returns the text of a message about the expected number. */
        public String expected() {
            return "expected " + (unit.isEmpty() ? "" : unit + ", ") + least + " to " + most;
        }

        public boolean contains(int number) {
            return number >= least && number <= most;
        }
    }

    /** One of several texts. Texts of digits may also be given as numbers. */
    record Word(List<String> words) implements ValueForm {}

    /**
     * List.
     *
     * @param most the maximum number of elements
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
