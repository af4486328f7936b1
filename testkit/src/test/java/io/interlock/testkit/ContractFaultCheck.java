package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult.Status;

/**
 * Check of a contract with a plugin that fulfils it and one broken plugin for each of its sentences. Fails if a sentence has
 * no broken plugin, or does not catch it.
 *
 * @param contract the contract, extended with the plugin
 * @param breaker breaks the plugin in the way of a sentence from now on; an empty text mends it
 */
record ContractFaultCheck(Class<?> contract, Consumer<String> breaker) {

    /** @param faults the sentences for which there is a broken plugin */
    void requireEachSentenceToCatchItsFault(Set<String> faults) {
        breaker.accept("");
        Map<String, Status> whole = ContractRunner.run(contract, any -> true);
        assertThat(whole).as("the plugin as it should be").isNotEmpty();
        assertThat(whole.values()).as("%s", whole).containsOnly(Status.SUCCESSFUL);
        assertThat(faults).as("a broken plugin for each sentence").containsExactlyInAnyOrderElementsOf(whole.keySet());
        Set<String> uncaught = new TreeSet<>();
        for (String sentence : faults) {
            breaker.accept(sentence);
            if (ContractRunner.run(contract, sentence::equals).get(sentence) != Status.FAILED) {
                uncaught.add(sentence);
            }
        }
        breaker.accept("");
        assertThat(uncaught)
                .as("sentences that did not catch their broken plugin")
                .isEmpty();
    }
}
