package io.interlock.traefik.rule;

import io.interlock.traefik.rule.RuleExpression.Alternative;
import io.interlock.traefik.rule.RuleExpression.Condition;
import io.interlock.traefik.rule.RuleExpression.Conjunction;
import io.interlock.traefik.rule.RuleExpression.Negation;
import java.util.ArrayList;
import java.util.List;

/**
 * Parser of rules: conditions with {@code &&}, {@code ||}, {@code !} and brackets. {@code &&} binds more tightly than
 * {@code ||}. Arguments are in backticks or double quotes.
 */
final class RuleParser {

    private static final int MOST_CHARACTERS = 20_000;
    private static final int MOST_LEVELS = 50;
    private static final int MOST_CONDITIONS = 1_000;

    private final String text;
    private int position;
    private int conditions;

    private RuleParser(String text) {
        this.text = text;
    }

    static RuleExpression parse(String text) throws RuleException {
        if (text.length() > MOST_CHARACTERS) {
            throw new RuleException("is longer than " + MOST_CHARACTERS + " characters");
        }
        RuleParser parser = new RuleParser(text);
        RuleExpression rule = parser.alternative(0);
        if (parser.position < text.length()) {
            throw new RuleException("is no rule: something is wrong at character " + (parser.position + 1));
        }
        return rule;
    }

    private RuleExpression alternative(int level) throws RuleException {
        List<RuleExpression> parts = new ArrayList<>();
        do {
            parts.add(conjunction(level));
        } while (accept("||"));
        return parts.size() == 1 ? parts.getFirst() : new Alternative(parts);
    }

    private RuleExpression conjunction(int level) throws RuleException {
        List<RuleExpression> parts = new ArrayList<>();
        do {
            parts.add(single(level));
        } while (accept("&&"));
        return parts.size() == 1 ? parts.getFirst() : new Conjunction(parts);
    }

    private RuleExpression single(int level) throws RuleException {
        if (level > MOST_LEVELS) {
            throw new RuleException("has more than " + MOST_LEVELS + " brackets in each other");
        }
        if (accept("!")) {
            return new Negation(single(level + 1));
        }
        if (accept("(")) {
            RuleExpression inside = alternative(level + 1);
            require(")");
            return inside;
        }
        return condition();
    }

    private Condition condition() throws RuleException {
        if (++conditions > MOST_CONDITIONS) {
            throw new RuleException("has more than " + MOST_CONDITIONS + " conditions");
        }
        int start = position;
        while (position < text.length() && Character.isLetter(text.charAt(position))) {
            position++;
        }
        String name = text.substring(start, position);
        if (name.isEmpty()) {
            throw new RuleException("is no rule: expected a condition at character " + (position + 1));
        }
        require("(");
        List<String> arguments = new ArrayList<>();
        if (!accept(")")) {
            do {
                arguments.add(argument());
            } while (accept(","));
            require(")");
        }
        return new Condition(name, arguments);
    }

    private String argument() throws RuleException {
        skip();
        char quote = position < text.length() ? text.charAt(position) : ' ';
        if (quote != '`' && quote != '"') {
            throw new RuleException("is no rule: expected a text in backticks at character " + (position + 1));
        }
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            if (quote == '"' && text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            value.append(text.charAt(position++));
        }
        if (position >= text.length()) {
            throw new RuleException("is no rule: a text does not end");
        }
        position++;
        skip();
        return value.toString();
    }

    private boolean accept(String token) {
        skip();
        if (!text.startsWith(token, position)) {
            return false;
        }
        position += token.length();
        skip();
        return true;
    }

    private void require(String token) throws RuleException {
        if (!accept(token)) {
            throw new RuleException("is no rule: expected " + token + " at character " + (position + 1));
        }
    }

    private void skip() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }
}
