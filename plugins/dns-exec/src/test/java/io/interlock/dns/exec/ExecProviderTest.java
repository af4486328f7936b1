package io.interlock.dns.exec;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.interlock.api.SecretText;
import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.testkit.TestPluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** Tests how the operator's program is run. */
@Tag("unit")
@ResourceLock("the log")
class ExecProviderTest {

    private static final ChallengeRecord RECORD =
            new ChallengeRecord("example.com", "_acme-challenge.www.example.com", "v".repeat(43));

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void followLog() {
        logged.start();
        ((Logger) LoggerFactory.getLogger("dns")).addAppender(logged);
    }

    @AfterEach
    void leaveLog() {
        ((Logger) LoggerFactory.getLogger("dns")).detachAppender(logged);
    }

    @Test
    void theProgramGetsActionNameAndValueAndNothingOfInterlocksEnvironment() throws Exception {
        provider("echo \"$@\" >seen; env | sort >>seen", Map.of("TOKEN", SecretText.of("a b")))
                .present(RECORD);

        List<String> seen = Files.readAllLines(folder.resolve("seen"));
        assertThat(seen.getFirst()).isEqualTo("present _acme-challenge.www.example.com. " + RECORD.value());
        assertThat(seen.stream().skip(1).map(line -> line.split("=")[0]))
                .as("what the shell sets itself aside")
                .contains("INTERLOCK_ZONE", "LANG", "PATH", "TOKEN")
                .isSubsetOf("INTERLOCK_ZONE", "LANG", "PATH", "TOKEN", "PWD", "OLDPWD", "SHLVL", "_");
        assertThat(seen).contains("TOKEN=a b", "INTERLOCK_ZONE=example.com.");
    }

    @Test
    void aFailureNamesTheStatusAndTheLastLineOfItsOutput() throws Exception {
        DnsProvider provider = provider("echo first; echo 'no such zone' >&2; exit 3", Map.of());

        assertThatThrownBy(() -> provider.cleanUp(RECORD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cleanup ended with 3: no such zone");
    }

    @Test
    void aProgramThatHangsIsKilledWithWhatItStarted() throws Exception {
        DnsProvider provider = provider("sleep 1000 & echo $! >child; sleep 1000", Map.of(), 1);

        // On a busy machine the program may not have come far within the second.
        await().until(() -> {
            assertThatThrownBy(() -> provider.present(RECORD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not end within 1 s");
            return Files.exists(folder.resolve("child"))
                    && !Files.readString(folder.resolve("child")).isBlank();
        });
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void anInterruptEndsTheProgram() throws Exception {
        DnsProvider provider = provider("echo $$ >child; exec sleep 1000", Map.of());
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                provider.present(RECORD);
            } catch (Exception e) {
                // It was interrupted.
            }
        });
        await().until(() -> Files.exists(folder.resolve("child"))
                && !Files.readString(folder.resolve("child")).isBlank());
        thread.interrupt();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());

        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        thread.join();
    }

    @Test
    void outputIsLoggedOnOneLineEachUpToALimitAndTheRestIsRead() throws Exception {
        provider(
                        "printf 'first\\033[31m\\n'; i=0; while [ $i -lt 3000 ]; do echo \"line $i\"; i=$((i+1)); done;"
                                + " head -c 200000 /dev/zero | tr '\\0' x",
                        Map.of())
                .present(RECORD);

        List<String> lines = logged.list.stream()
                .filter(event -> event.getLevel() == Level.INFO)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(lines).hasSize(101);
        assertThat(lines.getFirst()).contains("first").doesNotContain("\u001b");
        assertThat(lines.getLast()).contains("further lines are not logged");
        assertThat(lines).allMatch(line -> line.length() < 600);
    }

    @Test
    void aProcessThatStaysBehindDelaysNothing() throws Exception {
        provider("(sleep 1000 & echo $! >child) ; exit 0", Map.of()).present(RECORD);

        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(folder.resolve("child")).exists();
    }

    @Test
    void aMissingProgramIsNamedWhenTheProviderIsUsed() {
        assertThatThrownBy(() -> create(new ExecConfig(Optional.empty(), null, null)))
                .hasMessageContaining("\"program\" is missing");
        assertThatThrownBy(() -> create(new ExecConfig(Optional.of(folder.resolve("none")), null, null)))
                .hasMessageContaining("not a program");
    }

    @Test
    void wrongValuesAreNamedWithoutSecrets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExecConfig(Optional.of(Path.of("relative")), null, null))
                .withMessageContaining("absolute path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExecConfig(Optional.empty(), null, 111))
                .withMessageContaining("expected 1 to 110");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExecConfig(Optional.empty(), Map.of("A=B", SecretText.of("hidden")), null))
                .withMessageContaining("A=B")
                .withMessageNotContaining("hidden");
    }

    private DnsProvider provider(String script, Map<String, SecretText> environment) throws IOException {
        return provider(script, environment, 60);
    }

    private DnsProvider provider(String script, Map<String, SecretText> environment, int timeout) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return create(new ExecConfig(Optional.of(program), environment, timeout));
    }

    private DnsProvider create(ExecConfig config) throws IOException {
        return new ExecFactory().create(config, new TestPluginContext(folder));
    }
}
