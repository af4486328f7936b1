package io.interlock.testkit;

import io.interlock.api.loadbalancer.LoadBalancer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each sentence of the load balancers' contracts catches a broken load balancer. */
@Tag("unit")
class LoadBalancerFaultsTest {

    private static final Set<String> FAULTS = Set.of(
            "whatIsAppliedIsServedAndNothingElse",
            "tellsByTheResultWhetherAnythingChanged",
            "theOrderInWhichServersAreNamedMeansNothing",
            "servingNothingIsNoMistake",
            "whatFailsLeavesTheFormerServingAndIsMadeUpForLater",
            "anInterruptLeavesItServing",
            "aSuccessorServesAfterAHandOver",
            "anotherOneServesAfterItWasClosed",
            "aPreviewChangesNothing",
            "statisticsMayBeAskedForAtAnyTime",
            "capabilitiesStayTheSame",
            "whenItsProxyDiesItAsksForAnApplyWhichMendsIt",
            "nothingOfItIsLeftWhenItWasClosed",
            "closingOneThatNeverAppliedIsFine",
            "servesEachNameAndNoOther",
            "aNameWithoutServersIsAnsweredWith503",
            "theLongestPathWins",
            "anExactNameIsStrongerThanAWildcard",
            "aDrainingServerGetsNothingNew",
            "everyServerGetsItsShare",
            "aServerThatDoesNotListenIsNoticedByNoClient",
            "noRequestIsLostWhileServersComeAndGo");

    private static volatile String fault = "";

    @Test
    void eachSentenceCatchesABrokenLoadBalancer() {
        new ContractFaultCheck(ProxyContract.class, broken -> fault = broken)
                .requireEachSentenceToCatchItsFault(FAULTS);
    }

    /** The contract of the small proxy. */
    static class ProxyContract extends LoadBalancerContract {

        @Override
        protected LoadBalancer create(TestLoadBalancerContext host) throws IOException {
            String broken = fault;
            return new ProxyFixture(host, broken::equals);
        }

        @Override
        protected void prevent(TestLoadBalancerContext host) throws IOException {
            Files.writeString(ProxyFixture.obstacle(host), "");
        }

        @Override
        protected void allow(TestLoadBalancerContext host) throws IOException {
            Files.delete(ProxyFixture.obstacle(host));
        }

        @Override
        protected Duration limit() {
            return fault.isEmpty() ? super.limit() : Duration.ofMillis(500);
        }
    }
}
