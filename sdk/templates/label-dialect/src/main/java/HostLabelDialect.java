package ${package};

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Serves a container under the host name in its label {@code serve.host}. */
final class HostLabelDialect implements LabelDialect {

    private static final String LABEL = "serve.host";

    @Override
    public DialectSources sources() {
        return new DialectSources(Set.of(LABEL), Set.of(), false);
    }

    @Override
    public DialectTranslation translate(DialectInput container) {
        String host = container.labels().get(LABEL);
        return host == null
                ? DialectTranslation.NOTHING
                : new DialectTranslation(
                        Map.of("hostname", new DialectField(Set.of(LABEL), List.of(host))), Map.of(), List.of());
    }
}
