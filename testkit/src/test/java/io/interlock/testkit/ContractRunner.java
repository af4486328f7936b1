package io.interlock.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs sentences of a contract within a test, and reports the result of each. */
final class ContractRunner {

    private ContractRunner() {}

    /**
     * Runs sentences.
     *
     * @param contract the contract with the plugin to test
     * @param sentences selects sentences by the name of their method
     * @return the result of each sentence
     */
    static Map<String, Status> run(Class<?> contract, Predicate<String> sentences) {
        Map<String, Status> results = new TreeMap<>();
        PostDiscoveryFilter filter = descriptor -> FilterResult.includedIf(isSelected(descriptor, sentences));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .filters(filter)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    results.merge(method.getMethodName(), result.getStatus(), ContractRunner::worse);
                }
            }
        });
        return results;
    }

    private static boolean isSelected(TestDescriptor descriptor, Predicate<String> sentences) {
        TestSource source = descriptor.getSource().orElse(null);
        return !(source instanceof MethodSource method) || sentences.test(method.getMethodName());
    }

    private static Status worse(Status one, Status other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
