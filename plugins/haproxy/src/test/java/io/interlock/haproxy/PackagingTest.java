package io.interlock.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PackagingTest {

    @Test
    void theHostFindsTheFactoryInTheIndexOfExtensions() throws Exception {
        Path classes = Path.of(HaproxyFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(classes.resolve("META-INF/extensions.idx"))
                .as("written by PF4J's annotation processor")
                .content()
                .contains(HaproxyFactory.class.getName());
    }
}
