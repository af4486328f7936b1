package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.directive.OptionRuleTable.OptionRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code option} lines of a backend: the options that its containers ask for, if they are known to harm nothing
 * else, and Interlock's own where the containers do not override them. All other options become omissions.
 */
public final class BackendOptions {

    private static final String FIELD = "backend_options";

    private final Backend backend;
    private final HaproxyVersion version;
    /** Lines by the name of the option, because HAProxy accepts each option once. */
    private final Map<String, String> options = new LinkedHashMap<>();

    private final List<Omission> omissions = new ArrayList<>();

    private BackendOptions(Backend backend, HaproxyVersion version) {
        this.backend = backend;
        this.version = version;
    }

    /** Classifies the options that a backend asks for. */
    public static BackendOptions of(Backend backend, RenderSettings settings) {
        BackendOptions result = new BackendOptions(backend, settings.version());
        backend.options().forEach(result::take);
        // The only header of that name: the listener has removed the others.
        result.options.putIfAbsent("forwardfor", "forwardfor");
        return result;
    }

    /** Lines for the configuration, in the order in which the containers ask for them. */
    public List<String> directives() {
        return options.values().stream().map(option -> "option " + option).toList();
    }

    public List<Omission> omissions() {
        return omissions;
    }

    private void take(String asked) {
        List<String> words = List.of(asked.split(" "));
        String name = words.getFirst();
        switch (OptionRuleTable.of(name).orElse(null)) {
            case OptionRule.Allowed rule -> allow(asked, name, words.subList(1, words.size()), rule);
            case OptionRule.Replaced rule -> {
                options.putIfAbsent(rule.by(), rule.by());
                omit(asked, "HAProxy " + version + " no longer has it; replaced by \"" + rule.by() + "\"");
            }
            case OptionRule.Refused rule -> omit(asked, "left out: " + rule.reason());
            case null ->
                omit(
                        asked,
                        "left out: not an option of a backend; known are "
                                + String.join(", ", OptionRuleTable.allowed()));
        }
    }

    private void allow(String asked, String name, List<String> arguments, OptionRule.Allowed rule) {
        Optional<HaproxyFeature> missing = rule.needed().filter(feature -> !version.has(feature));
        if (missing.isPresent()) {
            omit(asked, "left out: needs HAProxy " + missing.get().since() + " or newer, this is " + version);
        } else if (!rule.arguments().test(arguments)) {
            omit(asked, "left out: not in the form that HAProxy's manual gives for option " + name);
        } else {
            String earlier = options.putIfAbsent(name, asked);
            if (earlier != null && !earlier.equals(asked)) {
                omit(asked, "left out: \"" + earlier + "\" was asked for first");
            }
        }
    }

    private void omit(String asked, String reason) {
        omissions.add(new Omission(backend.name(), Optional.empty(), FIELD, asked, reason));
    }
}
