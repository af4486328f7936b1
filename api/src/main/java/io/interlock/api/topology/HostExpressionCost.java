package io.interlock.api.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cost of a regular expression for host names: an upper bound of the steps that an engine with backtracking takes for
 * any name of 253 characters. A step is a character that one of the ways through the expression consumes. Expects the
 * grammar of {@link HostName}.
 */
final class HostExpressionCost {

    private static final int LONGEST_NAME = 253;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    /** Any character that is not a letter of expressions; sets such as {@code [^a]} contain it. */
    private static final long OTHER = 1L << LETTERS.length();

    private static final long ALL = (OTHER << 1) - 1;
    private static final int UNLIMITED = -1;
    /** More than a name has characters: an expression that needs more matches no name. */
    private static final int MAX_STATES = 300;

    private static final int START = 0;

    /** By state: the characters that it consumes, and the states that may precede it. */
    private final List<Long> letters = new ArrayList<>(List.of(0L));

    private final List<List<Integer>> before = new ArrayList<>(List.of(List.of()));
    /** The states after which the next part may begin. */
    private List<Integer> ends = List.of(START);

    private final String text;
    private int position;

    private HostExpressionCost(String text) {
        this.text = text;
    }

    /**
     * @param expression with {@code ^} and {@code $}
     * @param limit above which the exact cost does not matter
     * @return the cost, or a number above the limit
     */
    static long of(String expression, long limit) {
        HostExpressionCost cost = new HostExpressionCost(expression.substring(1, expression.length() - 1));
        while (cost.position < cost.text.length() && cost.letters.size() <= MAX_STATES) {
            cost.addPart();
        }
        return cost.letters.size() > MAX_STATES ? limit + 1 : cost.count(limit);
    }

    private void addPart() {
        if (text.charAt(position) == '(') {
            addGroup();
        } else {
            addRepetition(text.charAt(position) == '[' ? set() : single());
        }
    }

    private void addGroup() {
        int close = text.indexOf(')', position);
        List<Integer> entries = ends;
        List<Integer> exits = new ArrayList<>();
        for (String word : text.substring(position + 1, close).split("\\|")) {
            ends = entries;
            word.replace("\\", "").chars().forEach(letter -> ends = List.of(addState(letter(letter), ends)));
            exits.addAll(ends);
        }
        position = close + 1;
        ends = exits;
        if (position < text.length() && text.charAt(position) == '?') {
            position++;
            ends = union(entries, exits);
        }
    }

    private void addRepetition(long set) {
        int least = 1;
        int most = 1;
        switch (position < text.length() ? text.charAt(position) : ' ') {
            case '?' -> {
                least = 0;
                position++;
            }
            case '*' -> {
                least = 0;
                most = UNLIMITED;
                position++;
            }
            case '+' -> {
                most = UNLIMITED;
                position++;
            }
            case '{' -> {
                int close = text.indexOf('}', position);
                String[] counts = text.substring(position + 1, close).split(",", -1);
                least = Integer.parseInt(counts[0]);
                most = counts.length == 1 ? least : counts[1].isEmpty() ? UNLIMITED : Integer.parseInt(counts[1]);
                position = close + 1;
            }
            default -> {}
        }
        repeat(set, least, most);
    }

    private void repeat(long set, int least, int most) {
        List<Integer> exits = least == 0 ? ends : List.of();
        int copies = most == UNLIMITED ? Math.max(least, 1) : most;
        for (int count = 1; count <= copies; count++) {
            int state = addState(set, ends);
            ends = List.of(state);
            if (count >= least) {
                exits = union(exits, ends);
            }
        }
        if (most == UNLIMITED) {
            int last = letters.size() - 1;
            before.set(last, union(before.get(last), List.of(last)));
        }
        ends = exits;
    }

    private int addState(long set, List<Integer> predecessors) {
        letters.add(set);
        before.add(predecessors);
        return letters.size() - 1;
    }

    private static List<Integer> union(List<Integer> some, List<Integer> more) {
        List<Integer> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private long single() {
        position += text.charAt(position) == '\\' ? 1 : 0;
        return letter(text.charAt(position++));
    }

    private static long letter(int letter) {
        return 1L << LETTERS.indexOf(letter);
    }

    private long set() {
        int close = text.indexOf(']', position);
        String members = text.substring(position + 1, close);
        position = close + 1;
        boolean negated = members.startsWith("^");
        long set = 0;
        for (int i = negated ? 1 : 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            int last = range ? members.charAt(i + 2) : members.charAt(i);
            for (int letter = members.charAt(i); letter <= last; letter++) {
                set |= LETTERS.indexOf(letter) < 0 ? OTHER : letter(letter);
            }
            i += range ? 2 : 0;
        }
        return negated ? ALL & ~set : set;
    }

    /**
     * Adds up, for each length, the most ways that lead to each state. Ways that need different last characters exclude
     * each other, so that parts without a common character cost no more than their length.
     */
    private long count(long limit) {
        long[] classes = classes();
        long[][] ways = new long[letters.size()][classes.length];
        Arrays.fill(ways[START], 1);
        long cost = 0;
        for (int length = 1; length <= LONGEST_NAME && cost <= limit; length++) {
            long[][] longer = new long[ways.length][classes.length];
            for (int state = 1; state < ways.length; state++) {
                long most = most(ways, before.get(state), classes.length);
                for (int c = 0; c < classes.length; c++) {
                    longer[state][c] = (letters.get(state) & classes[c]) == 0 ? 0 : most;
                }
            }
            cost += most(longer, IntStream.range(1, ways.length).boxed().toList(), classes.length);
            ways = longer;
        }
        return cost;
    }

    private static long most(long[][] ways, List<Integer> states, int classes) {
        long most = 0;
        for (int c = 0; c < classes; c++) {
            long sum = 0;
            for (int state : states) {
                sum += ways[state][c];
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    /** One character for each class of characters that no state tells apart. */
    private long[] classes() {
        List<Long> sets = letters.stream().distinct().toList();
        return IntStream.rangeClosed(0, LETTERS.length())
                .mapToObj(bit -> 1L << bit)
                .collect(Collectors.toMap(letter -> signature(sets, letter), letter -> letter, Math::min))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static List<Boolean> signature(List<Long> sets, long letter) {
        return sets.stream().map(set -> (set & letter) != 0).toList();
    }
}
