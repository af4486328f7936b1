package io.interlock.haproxy.render;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.quarantine.ConfigPart;
import java.io.Writer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writer for the text of a template that records which lines were written for which part. */
final class LineTraceWriter extends Writer {

    private final List<LineOwners.Span> spans = new ArrayList<>();
    /** Line of the next character. */
    private int line;

    private boolean inLine;

    /**
     * @param first number of the first line
     */
    LineTraceWriter(int first) {
        this.line = first;
    }

    /**
     * Wraps a list for the model of a template, so that the lines that the template writes for each element are
     * recorded.
     */
    <T> List<T> watch(List<T> elements, Function<T, ConfigPart> part) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                return elements.get(index);
            }

            @Override
            public int size() {
                return elements.size();
            }

            @Override
            public Iterator<T> iterator() {
                return new TracedIterator<>(elements.iterator(), part);
            }
        };
    }

    /** Writes what follows the text of the template: sections of nobody, and those of the backends. */
    void writeSections(List<String> general, List<BackendSpec> backends) {
        Set<String> written = new HashSet<>(general);
        String before = (inLine ? "\n\n" : "\n") + String.join("\n", general);
        write(before.toCharArray(), 0, before.length());
        for (BackendSpec backend : backends) {
            for (String section : backend.sections()) {
                if (written.add(section)) {
                    int first = line;
                    String text = "\n" + section;
                    write(text.toCharArray(), 0, text.length());
                    spans.add(new LineOwners.Span(first, line - 1, new ConfigPart.WholeBackend(backend.name())));
                }
            }
        }
    }

    LineOwners owners() {
        return new LineOwners(spans);
    }

    @Override
    public void write(char[] characters, int from, int length) {
        for (int i = from; i < from + length; i++) {
            inLine = characters[i] != '\n';
            if (!inLine) {
                line++;
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /**
     * Iterator that records the lines of its elements. The template calls {@link #hasNext()} right after it took an
     * element, and again when it has written that element.
     */
    private final class TracedIterator<T> implements Iterator<T> {

        private final Iterator<T> elements;
        private final Function<T, ConfigPart> part;
        private int began = -1;
        private int index;

        TracedIterator(Iterator<T> elements, Function<T, ConfigPart> part) {
            this.elements = elements;
            this.part = part;
        }

        @Override
        public boolean hasNext() {
            noteLast();
            return elements.hasNext();
        }

        @Override
        public T next() {
            T element = elements.next();
            began = line;
            index = spans.size();
            spans.add(new LineOwners.Span(line, line - 1, part.apply(element)));
            return element;
        }

        private void noteLast() {
            if (began >= 0) {
                int last = inLine ? line : line - 1;
                spans.set(
                        index, new LineOwners.Span(began, last, spans.get(index).part()));
            }
        }
    }
}
