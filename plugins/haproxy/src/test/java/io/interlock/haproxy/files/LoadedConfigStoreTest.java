package io.interlock.haproxy.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import io.interlock.haproxy.plan.RuntimeStep;
import io.interlock.haproxy.render.RenderedConfig;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LoadedConfigStoreTest {

    @TempDir
    Path folder;

    private Path file;
    private LoadedConfigStore record;
    private RenderedConfig rendered;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("loaded");
        record = new LoadedConfigStore(file);
        ServerSpec four = new ServerSpec("four", InetAddress.getByName("10.0.0.1"), 80, 1, 1, new ServerTraits(5_000));
        ServerSpec six = new ServerSpec("six", InetAddress.getByName("fd00::1"), 8080, 1, 0, new ServerTraits(100));
        List<BackendSpec> backends = List.of(
                new BackendSpec(
                        "a_com", List.of("option forwardfor", "option httpchk GET /"), List.of(four, six), List.of()),
                new BackendSpec("b_com", List.of(), Optional.of("/health?a=b c"), List.of(), List.of()));
        PeerGroup peers = new PeerGroup(
                InetAddress.getByName("10.0.0.7"),
                InetAddress.getByName("0.0.0.0"),
                9102,
                List.of(InetAddress.getByName("10.0.0.8"), InetAddress.getByName("fd00::8")));
        DesiredConfig desired = new DesiredConfig(new GlobalConfig("0123", List.of(3, 2), true), backends, List.of())
                .with(Optional.of(peers));
        List<SpareBackend> spares = List.of(
                new SpareBackend("interlock.spare-0001", new BackendDeclaration(List.of("option forwardfor"), false)),
                new SpareBackend("interlock.spare-0002", new BackendDeclaration(List.of(), false)),
                new SpareBackend(
                        "interlock.spare-0003",
                        new BackendDeclaration(List.of("option httpchk", "http-check send"), true)));
        rendered = new RenderedConfig("abc", "global\n", new TreeMap<>(), desired, spares);
    }

    @Test
    void whatWasLoadedIsReadAsItWas() {
        record.recordLoaded(rendered);

        assertThat(record.read()).contains(rendered.loaded());
    }

    @Test
    void theTraitsOfServersThatCameLaterAreKnownToo() throws Exception {
        record.recordLoaded(rendered);
        ServerSpec later = new ServerSpec(
                "later", InetAddress.getByName("10.0.0.2"), 80, 1, 1, new ServerTraits(700, "proto h2 maxconn 5"));

        record.recordAdditions(List.of(
                new RuntimeStep.AddServer("b_com", later, false), new RuntimeStep.RemoveServer("a_com", "four")));

        assertThat(record.read().orElseThrow().traits())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new ServerKey("a_com", "four"), new ServerTraits(5_000),
                        new ServerKey("a_com", "six"), new ServerTraits(100),
                        new ServerKey("b_com", "later"), later.traits()));
    }

    @Test
    void whatIsNotCompleteOrNotReadableIsNotBelieved() throws Exception {
        assertThat(record.read()).isEmpty();
        record.recordLoaded(rendered);
        String whole = Files.readString(file);

        Files.writeString(file, whole.substring(0, whole.indexOf("complete")));
        assertThat(record.read()).isEmpty();

        Files.writeString(file, "something else\n" + whole);
        assertThat(record.read()).isEmpty();

        Files.writeString(file, whole.replace("server four 10.0.0.1 80", "server four nowhere"));
        assertThat(record.read()).isEmpty();
    }
}
