package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkMode;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides which host names a container asks for. */
public final class HostNameReader {

    private static final String ADVICE =
            "start it with --hostname www.example.com, or give hostname in INTERLOCK_DATA or label interlock.hostname";

    private final ContainerFacts facts;
    private final ContainerData data;
    private final AliasCounter counter;
    private final FindingCollector findings;

    private HostNameReader(ContainerFacts facts, ContainerData data, AliasCounter counter, FindingCollector findings) {
        this.facts = facts;
        this.data = data;
        this.counter = counter;
        this.findings = findings;
    }

    /**
     * Returns the names. A finding reports each name that cannot be used, and a container without any name.
     *
     * @param counter of the aliases of the whole container
     */
    public static ContainerHostNames read(
            ContainerFacts facts, ContainerData data, AliasCounter counter, FindingCollector findings) {
        return new HostNameReader(facts, data, counter, findings).read();
    }

    private ContainerHostNames read() {
        ContainerHostNames names = ContainerHostNames.of(ownName(), aliases());
        if (names.all().isEmpty()) {
            recordNameless();
        } else if (names.primary().isEmpty()) {
            findings.choice(
                    "hostname",
                    facts.hostname(),
                    FindingText.of("has no name of its own", "served under its aliases alone"));
        }
        return names;
    }

    private void recordNameless() {
        String why = reportsAnothersName() ? "its hostname is that of the network it shares" : "has no dotted name";
        if (data.present() || !findings.isEmpty()) {
            findings.leftOut(
                    "hostname", facts.hostname(), FindingText.notServed(why).withAdvice(ADVICE));
        } else {
            findings.notAddressed("hostname", facts.hostname(), FindingText.notServed(why + " and no data"));
        }
    }

    private Optional<HostName> ownName() {
        Optional<FieldValue> givenHostname = data.get(ContainerField.HOSTNAME);
        Optional<FieldValue> givenDomain = data.get(ContainerField.DOMAIN);
        if (isNoText(givenHostname) || isNoText(givenDomain)) {
            return Optional.empty();
        }
        String hostname = givenHostname.flatMap(FieldValue::text).orElse(reportsAnothersName() ? "" : facts.hostname());
        String domain = givenDomain.flatMap(FieldValue::text).orElse(reportsAnothersName() ? "" : facts.domainname());
        boolean joinAnyway = givenHostname.isPresent() && givenDomain.isPresent();
        if (!joinAnyway && isWhole(hostname) && !isBelow(hostname, domain)) {
            givenDomain.ifPresent(given ->
                    findings.ignored(given, "does not apply to a hostname with dots, " + PrintableText.of(hostname)));
            domain = "";
        }
        String name = join(hostname, domain);
        if (givenHostname.isEmpty() && !isWhole(name)) {
            return Optional.empty();
        }
        FieldValue source = givenHostname.or(() -> givenDomain).orElse(null);
        return source == null ? reported(name) : canonical(source.place(), name);
    }

    /** Reads a name that the container was started with, not one from its data. */
    private Optional<HostName> reported(String name) {
        if (name.startsWith("*") || name.startsWith("~")) {
            findings.ignored("hostname", name, "can only be given in the data");
            return Optional.empty();
        }
        return canonical("hostname", name);
    }

    private Optional<HostName> canonical(String place, String name) {
        try {
            HostName canonical = HostName.of(name);
            Optional<String> objection = ReservedHostNames.objection(canonical);
            if (objection.isEmpty() && !counter.admitsExpression(canonical)) {
                objection = Optional.of("the container has more than " + ContainerLimits.EXPRESSIONS
                        + " regular expressions here and at its routes");
            }
            objection.ifPresent(why -> findings.ignored(place, name, why));
            return objection.isEmpty() ? Optional.of(canonical) : Optional.empty();
        } catch (IllegalArgumentException e) {
            findings.ignored(place, name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Returns the entry for all names if the container asks for that. */
    private List<HostName> anyName() {
        List<HostName> names = new ArrayList<>();
        Optional<FieldValue> given = data.get(ContainerField.DEFAULT);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.wrong(ContainerField.DEFAULT, given.get(), "expected true or false");
        }
        if (given.flatMap(FieldValue::bool).orElse(false)) {
            names.add(HostName.ANY);
        }
        return names;
    }

    private List<HostName> aliases() {
        Optional<FieldValue> given = data.get(ContainerField.ALIAS_DOMAINS);
        if (given.isEmpty()) {
            return anyName();
        }
        Optional<List<FieldValue>> elements = given.get().elements();
        if (elements.isEmpty()) {
            findings.ignored(given.get(), "expected a list of host names, such as [\"foo.com\"]");
            return anyName();
        }
        List<HostName> aliases = anyName();
        for (FieldValue alias : elements.get()) {
            Optional<HostName> name = alias(alias);
            if (name.isPresent() && !counter.admits(name.get())) {
                findings.ignored(
                        given.get(),
                        FindingText.of(
                                "the container has more than " + counter.limit() + " names here and at its routes",
                                "those after them are ignored"));
                return aliases;
            }
            name.ifPresent(aliases::add);
        }
        return aliases;
    }

    private Optional<HostName> alias(FieldValue alias) {
        if (alias.text().isEmpty()) {
            findings.ignored(alias, "expected a host name as text");
        }
        return alias.text().flatMap(text -> canonical(alias.place(), text));
    }

    private boolean isNoText(Optional<FieldValue> given) {
        boolean wrong = given.isPresent() && given.get().text().isEmpty();
        if (wrong) {
            findings.ignored(given.get(), FindingText.of("expected text", "the container has no name of its own"));
        }
        return wrong;
    }

    /**
     * Whether the engine reports the name of another: that of the host for a container in the host's network, and that
     * of the other container for one in another container's network.
     */
    private boolean reportsAnothersName() {
        return NetworkMode.of(facts) instanceof NetworkMode.Host
                || NetworkMode.of(facts) instanceof NetworkMode.OfContainer;
    }

    /** Whether a hostname is complete: it has a dot that is not its last character. */
    private static boolean isWhole(String hostname) {
        int dot = hostname.indexOf('.');
        return dot >= 0 && dot < hostname.length() - 1;
    }

    private static boolean isBelow(String hostname, String domain) {
        String lower = hostname.toLowerCase(Locale.ROOT);
        String suffix = domain.toLowerCase(Locale.ROOT);
        return lower.equals(suffix) || lower.endsWith("." + suffix);
    }

    private static String join(String hostname, String domain) {
        if (domain.isEmpty() || (!hostname.isEmpty() && isBelow(hostname, domain))) {
            return hostname;
        }
        return hostname.isEmpty() ? domain : hostname + "." + domain;
    }
}
