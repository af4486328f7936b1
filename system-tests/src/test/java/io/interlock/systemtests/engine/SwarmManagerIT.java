package io.interlock.systemtests.engine;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.NamespaceSwarm;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.process.SystemProcesses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests an engine that becomes a manager, and one that has lost its swarm after a restart. */
@Timeout(240)
@Tag("engine")
class SwarmManagerIT {

    private final String service = LocalEngine.uniqueName("service");
    private final String job = LocalEngine.uniqueName("job");

    @Test
    void anEngineThatBecomesAManagerWhileItIsWatchedIsFollowedAsOne() throws Exception {
        try (NamespaceSwarm swarm = NamespaceSwarm.start(1)) {
            NamespaceEngine engine = swarm.engine(0);
            engine.docker("swarm", "leave", "--force");
            String host = UniqueHostNames.newHost();
            String own = engine.runSample(host);
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder().engine("auto", engine.address());
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitThat(
                        "the engine's own container is served",
                        () -> interlock.nameAt(host).equals(own));

                engine.docker("swarm", "init", "--advertise-addr", engine.ip());
                create(swarm, service);

                awaitServed(interlock, service);
            }
        }
    }

    @Test
    void aLockedSwarmTakesNoneOfItsManagersOwnContainersWithIt() throws Exception {
        try (NamespaceSwarm swarm = NamespaceSwarm.start(1)) {
            NamespaceEngine engine = swarm.engine(0);
            create(swarm, service);
            create(swarm, job, "--mode", "replicated-job");
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder().engine("auto", engine.address());
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                awaitServed(interlock, service);
                awaitServed(interlock, job);

                engine.docker("swarm", "update", "--autolock=true");
                String key = engine.docker("swarm", "unlock-key", "-q").strip();
                engine.stop();
                engine.startAgain();
                String host = UniqueHostNames.newHost();
                String own = engine.runSample(host);
                interlock.awaitThat(
                        "the engine's own container is served",
                        () -> interlock.nameAt(host).equals(own));
                interlock.awaitLogged("its swarm cannot be asked");

                SystemProcesses.run("sh", "-c", "echo " + key + " | docker -H " + engine.address() + " swarm unlock");
                awaitServed(interlock, service);
            }
        }
    }

    private static void create(NamespaceSwarm swarm, String name, String... more) throws Exception {
        String[] options = new String[more.length + 4];
        options[0] = "--hostname";
        options[1] = "{{.Service.Name}}.example.com";
        options[2] = "--label";
        options[3] = "interlock.port=8080";
        System.arraycopy(more, 0, options, 4, more.length);
        swarm.createService(0, name, options);
    }

    private static void awaitServed(InterlockProcess interlock, String name) {
        interlock.awaitThat(
                name + " is served",
                () -> interlock.get(name + ".example.com", "/name").status() == 200);
    }
}
