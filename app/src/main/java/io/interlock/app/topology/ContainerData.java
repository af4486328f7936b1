package io.interlock.app.topology;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a container says about itself in INTERLOCK_DATA and labels, merged but not judged yet.
 *
 * @param present whether it said anything at all, understood or not
 * @param values what it gave for which field; never null, blank or an empty list
 */
record ContainerData(boolean present, Map<Field, Given> values) {

    ContainerData {
        Map<Field, Given> copy = new EnumMap<>(Field.class);
        copy.putAll(values);
        values = copy;
    }

    Optional<Given> get(Field field) {
        return Optional.ofNullable(values.get(field));
    }
}
