package io.interlock.app.config.reader;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ContainerPolicy.LabelFilter;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.ownership.OwnerGrant;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnerLimits;
import io.interlock.app.config.ownership.OwnerRule;
import io.interlock.app.config.ownership.OwnerSelector;
import io.interlock.app.config.ownership.OwnerSelector.Kind;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.config.ownership.TextPattern;
import io.interlock.util.CountText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Binds the rules of ownership. */
final class OwnershipBinder {

    private static final int MOST_RULES = 1_000;
    private static final Map<Kind, ConfigKey<String>> TEXTS = Map.of(
            Kind.PROJECT, ConfigKeys.WHO_PROJECT,
            Kind.STACK, ConfigKeys.WHO_STACK,
            Kind.ENGINE, ConfigKeys.WHO_ENGINE,
            Kind.NETWORK, ConfigKeys.WHO_NETWORK,
            Kind.IMAGE, ConfigKeys.WHO_IMAGE);

    private final ConfigSection root;
    private final Optional<PortRange> tcpPorts;

    /**
     * @param tcpPorts the ports that are allowed for all
     */
    OwnershipBinder(ConfigSection root, Optional<PortRange> tcpPorts) {
        this.root = root;
        this.tcpPorts = tcpPorts;
    }

    OwnershipConfig bind() {
        List<ConfigSection> written = root.valueOf(ConfigKeys.OWNERSHIP);
        if (written.size() > MOST_RULES) {
            root.wrong(ConfigKeys.OWNERSHIP, "at most " + MOST_RULES + " rules", CountText.of(written.size(), "rule"));
        }
        List<OwnerRule> rules = new ArrayList<>();
        written.stream().limit(MOST_RULES).forEach(rule -> rule(rule).ifPresent(rules::add));
        return new OwnershipConfig(rules, root.valueOf(ConfigKeys.NAME_HOLD), root.valueOf(ConfigKeys.IMAGE_LABELS));
    }

    private Optional<OwnerRule> rule(ConfigSection rule) {
        Optional<String> owner = required(rule, ConfigKeys.RULE_OWNER, "the name of the owner");
        Optional<OwnerSelector> who = required(rule, ConfigKeys.RULE_WHO, "an object that selects containers")
                .flatMap(this::selector);
        OwnerGrant may = rule.get(ConfigKeys.RULE_MAY).map(this::grant).orElse(OwnerGrant.NOTHING);
        return owner.flatMap(name -> who.map(selector -> new OwnerRule(new OwnerId(name), selector, may)));
    }

    private static <T> Optional<T> required(ConfigSection section, ConfigKey<T> key, String expected) {
        Optional<T> value = section.get(key);
        return value.isPresent() || section.has(key) ? value : section.wrong(key, expected, "nothing");
    }

    private Optional<OwnerSelector> selector(ConfigSection who) {
        Map<Kind, TextPattern> patterns = new EnumMap<>(Kind.class);
        Optional<LabelFilter> label = who.get(ConfigKeys.WHO_LABEL);
        label.ifPresent(filter ->
                patterns.put(Kind.LABEL, new TextPattern(filter.value().orElse("*"))));
        TEXTS.forEach((kind, key) -> who.get(key).ifPresent(text -> patterns.put(kind, new TextPattern(text))));
        if (patterns.isEmpty()) {
            return who.has(ConfigKeys.WHO.keys().toArray(ConfigKey<?>[]::new))
                    ? Optional.empty()
                    : who.wrong(
                            ConfigKeys.WHO_PROJECT,
                            "at least one of label, project, stack, engine, network and image",
                            "none of them");
        }
        return Optional.of(
                new OwnerSelector(patterns, label.map(LabelFilter::name).orElse("")));
    }

    private OwnerGrant grant(ConfigSection may) {
        Optional<PortRange> ports = may.get(ConfigKeys.MAY_PORTS);
        ports.filter(range -> tcpPorts.filter(all -> all.contains(range.first()) && all.contains(range.last()))
                        .isEmpty())
                .ifPresent(range -> may.wrong(
                        ConfigKeys.MAY_PORTS,
                        "ports within tcp_ports, which are "
                                + tcpPorts.map(PortRange::toString).orElse("none"),
                        range.toString()));
        Optional<Set<String>> fields = may.get(ConfigKeys.MAY_FIELDS).map(HashSet::new);
        if (fields.isPresent() && may.has(ConfigKeys.MAY_WITHOUT)) {
            may.wrong(ConfigKeys.MAY_WITHOUT, "nothing beside fields, which lists all that is allowed", "a list");
        }
        return new OwnerGrant(
                new HashSet<HostName>(may.valueOf(ConfigKeys.MAY_NAMES)),
                may.valueOf(ConfigKeys.MAY_EXPRESSIONS),
                may.get(ConfigKeys.MAY_PATHS),
                ports,
                may.valueOf(ConfigKeys.MAY_DEFAULT),
                fields,
                new HashSet<>(may.valueOf(ConfigKeys.MAY_WITHOUT)),
                may.get(ConfigKeys.MAY_MOST).map(OwnershipBinder::limits).orElse(OwnerLimits.NONE));
    }

    private static OwnerLimits limits(ConfigSection most) {
        return new OwnerLimits(
                number(most, ConfigKeys.OWNER_NAMES),
                number(most, ConfigKeys.OWNER_CONTAINERS),
                number(most, ConfigKeys.OWNER_HASH_COST),
                number(most, ConfigKeys.OWNER_EXPRESSIONS));
    }

    private static OptionalInt number(ConfigSection section, ConfigKey<Integer> key) {
        return section.get(key).stream().mapToInt(Integer::intValue).findFirst();
    }
}
