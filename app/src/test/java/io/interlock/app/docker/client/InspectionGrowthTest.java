package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.app.inventory.FactSelection;
import io.interlock.testsupport.process.WorkGrowth;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that reading what an engine says of a container costs no more than in proportion to its length. */
@Tag("unit")
@ResourceLock(Resources.GLOBAL)
class InspectionGrowthTest {

    private final ContainerInspectionReader reader =
            new ContainerInspectionReader("local", FactSelection.OWN, any -> true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Config":{"Labels":{PARTS}}}               | "interlock.l%d":"x"                        | 4000
            {"Config":{"Labels":{PARTS}}}               | "interlock.l%d":"x"                        | 50000
            {"Config":{"Labels":{PARTS}}}               | "com.example.l%d":"x"                      | 50000
            {"Config":{"Labels":{PARTS}}}               | "interlok.l%d":"x"                         | 20000
            {"Config":{"Env":[PARTS]}}                  | "A%d=x"                                    | 50000
            {"Config":{"Env":[PARTS]}}                  | "INTERLOCK_DATA=%d"                        | 20000
            {"Config":{"ExposedPorts":{PARTS}}}         | "%d/tcp":{}                                | 20000
            {"NetworkSettings":{"Networks":{PARTS}}}    | "n%d":{"IPAddress":"10.0.0.1"}             | 10000
            {"NetworkSettings":{"Ports":{PARTS}}}       | "%d/tcp":[{"HostIp":"0.0.0.0","HostPort":"80"}] | 10000
            {"NetworkSettings":{"Ports":{"80/tcp":[PARTS]}}} | {"HostIp":"0.0.0.0","HostPort":"%d"}  | 10000
            {"Other":[PARTS]}                           | [[[[[[%d]]]]]]                             | 50000
            """)
    void fourTimesTheAnswerIsNoMoreThanALittleOverFourTimesTheWork(String answer, String part, int most)
            throws Exception {
        WorkGrowth growth = WorkGrowth.of(count -> reading(answer, part, count), most / 4);

        assertThat(growth.isLessThanQuadratic()).as("%s", growth).isTrue();
    }

    private Callable<?> reading(String answer, String part, int count) {
        byte[] json = answer.replace(
                        "PARTS",
                        IntStream.range(0, count)
                                .mapToObj(i -> part.replace("%d", Integer.toString(i)))
                                .collect(Collectors.joining(",")))
                .getBytes(StandardCharsets.UTF_8);
        return () -> {
            JsonNode container = new JsonSelectionReader(
                            new ByteArrayInputStream(json), reader.selection(), Long.MAX_VALUE)
                    .object();
            return reader.read(container, () -> "");
        };
    }
}
