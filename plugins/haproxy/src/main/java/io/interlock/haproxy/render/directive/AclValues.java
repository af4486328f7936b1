package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.AddressRange;
import java.util.ArrayList;
import java.util.List;

/** Conditions of HAProxy that match any of many values. HAProxy accepts 64 words in a line. */
public final class AclValues {

    private static final int MOST_VALUES = 30;

    private AclValues() {}

    /** As many tests as the values need; the condition is met if one of them is true. */
    static List<String> values(String test, List<String> values) {
        List<String> tests = new ArrayList<>();
        for (int i = 0; i < values.size(); i += MOST_VALUES) {
            tests.add(test + " " + String.join(" ", values.subList(i, Math.min(values.size(), i + MOST_VALUES))));
        }
        return tests;
    }

    /** Tests whether the client's address is in one of the ranges. */
    public static List<String> sources(List<AddressRange> ranges) {
        return values("src --", ranges.stream().map(AddressRange::toString).toList());
    }
}
