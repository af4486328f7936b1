package io.interlock.app.docker.location;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import java.util.Map;

/**
 * What an engine says about the host that it runs on. All texts are untrusted, and empty if the engine does not say.
 *
 * @param name the name of the host
 * @param kernel the release of its kernel
 * @param rootless whether the engine runs without root
 * @param desktop whether it is the engine of Docker Desktop, in a virtual machine
 * @param podman whether it is Podman
 */
public record EngineHost(String name, String kernel, boolean rootless, boolean desktop, boolean podman) {

    /** What is read of the engine's JSON of {@code /info}. */
    public static final JsonSelection SELECTION = members(Map.of(
            "Name",
            ALL,
            "KernelVersion",
            ALL,
            "OperatingSystem",
            ALL,
            "SecurityOptions",
            ALL,
            "Rootless",
            ALL,
            "BuildahVersion",
            ALL));

    /** An engine that says nothing. */
    public static final EngineHost UNKNOWN = new EngineHost("", "", false, false, false);

    /** Reads the engine's JSON of {@code /info}. */
    public static EngineHost read(JsonNode info) {
        return new EngineHost(
                info.path("Name").asText(""),
                info.path("KernelVersion").asText(""),
                // Older Podman says so in a field of its own only.
                info.path("Rootless").asBoolean()
                        || info.path("SecurityOptions").valueStream().anyMatch(option -> isRootless(option.asText(""))),
                info.path("OperatingSystem").asText("").startsWith("Docker Desktop"),
                info.has("BuildahVersion"));
    }

    private static boolean isRootless(String option) {
        return option.equals("rootless") || (option + ",").startsWith("name=rootless,");
    }
}
