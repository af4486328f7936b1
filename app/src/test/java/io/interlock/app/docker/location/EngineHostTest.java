package io.interlock.app.docker.location;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class EngineHostTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"Name\":\"vm\",\"KernelVersion\":\"6.1.0\",\"OperatingSystem\":\"Debian GNU/Linux 12 (bookworm)\","
                        + "\"SecurityOptions\":[\"name=seccomp,profile=default\"]}; vm; 6.1.0; ''",
                "{\"Name\":\"vm\",\"KernelVersion\":\"6.1.0\","
                        + "\"SecurityOptions\":[\"name=seccomp,profile=default\",\"name=rootless\"]}; vm; 6.1.0; rootless",
                "{\"SecurityOptions\":[\"name=rootless,x=y\"]}; ''; ''; rootless",
                "{\"SecurityOptions\":[\"rootless\"]}; ''; ''; rootless",
                "{\"SecurityOptions\":[\"name=rootlesskit\"]}; ''; ''; ''",
                "{\"Name\":\"docker-desktop\",\"KernelVersion\":\"6.10.14-linuxkit\",\"OperatingSystem\":\"Docker Desktop\"};"
                        + " docker-desktop; 6.10.14-linuxkit; desktop",
                "{\"Rootless\":true,\"BuildahVersion\":\"1.28.2\",\"SecurityOptions\":[\"name=seccomp,profile=default\"]};"
                        + " ''; ''; rootless podman",
                "{\"Rootless\":false,\"BuildahVersion\":\"1.28.2\"}; ''; ''; podman",
                "{\"SecurityOptions\":7,\"Name\":[],\"Rootless\":{}}; ''; ''; ''",
                "[]; ''; ''; ''"
            })
    void whatAnEngineSaysAboutItsHostIsReadWhateverElseItSays(String info, String name, String kernel, String kinds)
            throws JsonProcessingException {
        assertThat(EngineHost.read(new ObjectMapper().readTree(info)))
                .isEqualTo(new EngineHost(
                        name, kernel, kinds.contains("rootless"), kinds.contains("desktop"), kinds.contains("podman")));
    }
}
