package io.interlock.nginxproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.testkit.DialectCaseReader;
import io.interlock.testkit.DialectContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NginxProxyContractTest extends DialectContract {

    @Override
    protected LabelDialect dialect() {
        return new NginxProxyDialect(
                new NginxProxyConfig(
                        Optional.of("default.example.com"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new HtpasswdFolder(Map.of(
                        "auth.example.com",
                        List.of("alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0"),
                        "empty.example.com",
                        List.of(),
                        // The digest of /app1/, as nginx-proxy's documentation has it.
                        "path.example.com_8610f6c344b4096614eab6e09d58885349f42faf",
                        List.of("bob:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0"))));
    }

    @Override
    protected List<DialectCase> table() {
        return DialectCaseReader.read(NginxProxyContractTest.class, "cases.txt");
    }

    @Test
    void theTableIsLarge() {
        assertThat(table()).hasSizeGreaterThan(75);
    }
}
