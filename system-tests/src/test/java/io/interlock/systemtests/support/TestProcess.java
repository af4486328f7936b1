package io.interlock.systemtests.support;

/** Which of the Java processes that Failsafe runs tests in, side by side, this one is. */
final class TestProcess {

    private TestProcess() {}

    /** Its number; 0 where Failsafe did not start it. */
    static int number() {
        return Integer.getInteger("surefire.forkNumber", 0);
    }
}
