package io.interlock.app.status;

import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.EngineStatus.Intake;
import io.interlock.api.status.EngineStatus.State;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows engines. */
final class EngineStatusMapper {

    private static final Intake NONE = new Intake(0, 0, 0, 0, 0);

    private EngineStatusMapper() {}

    /**
     * By id.
     *
     * @param addresses where each engine is, by id
     * @param intake what watching each has cost, by id
     */
    static List<EngineStatus> of(
            InventorySnapshot inventory, Map<String, String> addresses, Map<String, Intake> intake) {
        return inventory.engines().values().stream()
                .map(engine -> of(
                        engine,
                        addresses.getOrDefault(engine.engineId(), ""),
                        intake.getOrDefault(engine.engineId(), NONE)))
                .sorted(Comparator.comparing(EngineStatus::id))
                .toList();
    }

    private static EngineStatus of(EngineSnapshot engine, String address, Intake intake) {
        int containers = engine.containers().size();
        return switch (engine.connection()) {
            case Connection.Connected connected ->
                new EngineStatus(
                        engine.engineId(),
                        address,
                        State.CONNECTED,
                        Optional.of(connected.since()),
                        Optional.empty(),
                        containers,
                        intake);
            case Connection.Unreachable lost ->
                new EngineStatus(
                        engine.engineId(),
                        address,
                        State.UNREACHABLE,
                        Optional.of(lost.since()),
                        Optional.of(lost.reason()),
                        containers,
                        intake);
            case Connection.Unknown unknown ->
                new EngineStatus(
                        engine.engineId(),
                        address,
                        State.UNKNOWN,
                        Optional.empty(),
                        unknown.reason(),
                        containers,
                        intake);
        };
    }
}
