package io.interlock.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs one Interlock on the local engine for all tests of a class. After each test it removes the test's containers.
 * After the last one it stops Interlock in an orderly way, which must succeed and leave nothing.
 */
public final class InterlockExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final UnaryOperator<ConfigFileBuilder> change;
    private LocalEngine engine;
    private InterlockProcess process;

    private InterlockExtension(UnaryOperator<ConfigFileBuilder> change) {
        this.change = change;
    }

    /** Runs Interlock with only the local engine in its configuration. */
    public static InterlockExtension onLocalEngine() {
        return onLocalEngine(UnaryOperator.identity());
    }

    /** Runs Interlock with a change of its configuration. */
    public static InterlockExtension onLocalEngine(UnaryOperator<ConfigFileBuilder> change) {
        return new InterlockExtension(change);
    }

    public LocalEngine engine() {
        return engine;
    }

    public InterlockProcess process() {
        return process;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        engine = LocalEngine.connect();
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        process = InterlockProcess.start(change.apply(settings)).awaitReady();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        engine.removeAll();
        if (context.getExecutionException().isPresent()) {
            System.err.println("Interlock's log after " + context.getDisplayName() + ":\n" + process.log());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try {
            if (process != null) {
                try (InterlockProcess ending = process) {
                    int exitCode = ending.stop();
                    assertThat(exitCode)
                            .as("exit code after SIGTERM; the log:%n%s", ending.log())
                            .isZero();
                    ending.assertNothingLeft();
                }
            }
        } finally {
            if (engine != null) {
                engine.close();
            }
        }
    }
}
