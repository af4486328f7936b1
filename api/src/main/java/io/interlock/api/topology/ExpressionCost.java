package io.interlock.api.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cost of a regular expression: an upper bound of the steps that an engine with backtracking takes for any text of a
 * length. A step is a character that one of the ways through the expression consumes. Expects the grammar of {@link
 * HostName} or {@link PathExpression}.
 */
final class ExpressionCost {

    /** Any character that is not ASCII; sets such as {@code [^a]} contain it. */
    private static final int OTHER = 128;

    private static final int CHARACTERS = OTHER + 1;
    private static final String ANYTHING = ".*";
    private static final int UNLIMITED = -1;
    /** No usual expression has more. */
    private static final int MAX_STATES = 300;

    private static final int START = 0;

    /** By state: the characters that it consumes, and the states that may precede it. */
    private final List<BitSet> letters = new ArrayList<>(List.of(new BitSet()));

    private final List<List<Integer>> before = new ArrayList<>(List.of(List.of()));
    /** The states after which the next part may begin. */
    private List<Integer> ends = List.of(START);

    private final String text;
    private int position;

    private ExpressionCost(String text) {
        this.text = text;
    }

    /**
     * @param expression without {@code ^} and {@code $}
     * @param longest the most characters of a text
     * @param limit above which the exact cost does not matter
     * @param work the most additions to find out; about a hundred take a microsecond
     * @return the cost, or a number above the limit
     */
    static long of(String expression, int longest, long limit, long work) {
        // Whatever is left matches it, so that no other way is tried after it.
        boolean isOpen = expression.endsWith(ANYTHING) && !expression.endsWith("\\" + ANYTHING);
        if (isOpen) {
            return longest + of(expression.substring(0, expression.length() - ANYTHING.length()), longest, limit, work);
        }
        ExpressionCost cost = new ExpressionCost(expression);
        cost.addParts();
        return cost.letters.size() > MAX_STATES ? limit + 1 : cost.count(longest, limit, work);
    }

    /** Adds all parts up to the end of a group's alternative, or of the expression. */
    private void addParts() {
        while (position < text.length() && "|)".indexOf(text.charAt(position)) < 0 && letters.size() <= MAX_STATES) {
            if (text.charAt(position) == '(') {
                addGroup();
            } else {
                addRepetition(text.charAt(position) == '[' ? set() : single());
            }
        }
    }

    private void addGroup() {
        List<Integer> entries = ends;
        List<Integer> exits = List.of();
        do {
            position++;
            ends = entries;
            addParts();
            exits = union(exits, ends);
        } while (position < text.length() && text.charAt(position) == '|');
        position++;
        ends = exits;
        if (position < text.length() && text.charAt(position) == '?') {
            position++;
            ends = union(entries, exits);
        }
    }

    private void addRepetition(BitSet set) {
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

    private void repeat(BitSet set, int least, int most) {
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

    private int addState(BitSet set, List<Integer> predecessors) {
        letters.add(set);
        before.add(predecessors);
        return letters.size() - 1;
    }

    private static List<Integer> union(List<Integer> some, List<Integer> more) {
        List<Integer> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private BitSet single() {
        char written = text.charAt(position++);
        BitSet set = new BitSet();
        if (written == '.') {
            set.set(0, CHARACTERS);
        } else {
            set.set(written == '\\' ? text.charAt(position++) : written);
        }
        return set;
    }

    private BitSet set() {
        int close = text.indexOf(']', position);
        String members = text.substring(position + 1, close);
        position = close + 1;
        boolean negated = members.startsWith("^");
        BitSet set = new BitSet();
        for (int i = negated ? 1 : 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            set.set(members.charAt(i), (range ? members.charAt(i + 2) : members.charAt(i)) + 1);
            i += range ? 2 : 0;
        }
        if (negated) {
            set.flip(0, CHARACTERS);
        }
        return set;
    }

    /**
     * Adds up, for each length, the most ways that lead to any state. Ways count together only if one text can take
     * them: for each set of states that the same text reaches, the most ways to each of these states.
     */
    private long count(int longest, long limit, long work) {
        List<List<Integer>> after = after();
        int[] classes = classes();
        Map<BitSet, long[]> ways = Map.of(single(START), ways(START));
        long cost = 0;
        long sums = 0;
        for (int length = 1; length <= longest && !ways.isEmpty(); length++) {
            Map<BitSet, long[]> longer = new HashMap<>();
            for (Map.Entry<BitSet, long[]> reached : ways.entrySet()) {
                for (int letter : classes) {
                    long[] next = new long[letters.size()];
                    BitSet states = new BitSet();
                    sums += next.length;
                    for (int state = reached.getKey().nextSetBit(0);
                            state >= 0;
                            state = reached.getKey().nextSetBit(state + 1)) {
                        sums += 1 + after.get(state).size();
                        for (int to : after.get(state)) {
                            if (letters.get(to).get(letter)) {
                                next[to] += reached.getValue()[state];
                                states.set(to);
                            }
                        }
                    }
                    if (!states.isEmpty()) {
                        longer.merge(states, next, ExpressionCost::greatest);
                    }
                }
                if (sums > work) {
                    return limit + 1;
                }
            }
            long most = longer.values().stream()
                    .mapToLong(each -> Arrays.stream(each).sum())
                    .max()
                    .orElse(0);
            // From here on every length costs the same.
            boolean stable = isSame(ways, longer);
            cost += stable ? most * (longest - length + 1) : most;
            if (stable || cost > limit) {
                return cost;
            }
            ways = longer;
        }
        return cost;
    }

    private static boolean isSame(Map<BitSet, long[]> some, Map<BitSet, long[]> more) {
        return some.keySet().equals(more.keySet())
                && some.entrySet().stream().allMatch(each -> Arrays.equals(each.getValue(), more.get(each.getKey())));
    }

    private static BitSet single(int state) {
        BitSet set = new BitSet();
        set.set(state);
        return set;
    }

    private long[] ways(int state) {
        long[] ways = new long[letters.size()];
        ways[state] = 1;
        return ways;
    }

    private static long[] greatest(long[] some, long[] more) {
        return IntStream.range(0, some.length)
                .mapToLong(state -> Math.max(some[state], more[state]))
                .toArray();
    }

    /** By state: those that may follow it. */
    private List<List<Integer>> after() {
        List<List<Integer>> after = new ArrayList<>();
        letters.forEach(any -> after.add(new ArrayList<>()));
        for (int state = 0; state < before.size(); state++) {
            for (int earlier : before.get(state)) {
                after.get(earlier).add(state);
            }
        }
        return after;
    }

    /** One character for each class of characters that no state tells apart. */
    private int[] classes() {
        List<BitSet> sets = letters.stream().distinct().toList();
        return IntStream.range(0, CHARACTERS)
                .boxed()
                .collect(Collectors.toMap(letter -> signature(sets, letter), letter -> letter, Math::min))
                .values()
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static List<Boolean> signature(List<BitSet> sets, int letter) {
        return sets.stream().map(set -> set.get(letter)).toList();
    }
}
