package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.AddressRange;
import java.util.ArrayList;
import java.util.List;

/** Tests of HAProxy's conditions for any of many values: HAProxy takes 64 words in a line. */
public final class AclValues {

    private static final int MOST_VALUES = 30;

    private AclValues() {}

    /** As many as it takes; one of them has to be true. */
    static List<String> values(String test, List<String> values) {
        List<String> tests = new ArrayList<>();
        for (int i = 0; i < values.size(); i += MOST_VALUES) {
            tests.add(test + " " + String.join(" ", values.subList(i, Math.min(values.size(), i + MOST_VALUES))));
        }
        return tests;
    }

    /** Whether the client's address is in one of these. */
    public static List<String> sources(List<AddressRange> ranges) {
        return values("src --", ranges.stream().map(AddressRange::toString).toList());
    }
}
