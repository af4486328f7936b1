package io.interlock.haproxy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.haproxy.model.HaproxyVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HaproxyCapabilitiesTest {

    /** The host leaves out who needs a capability for protection. */
    @Test
    void anHaproxyThatCannotAskAnotherServerDoesNotClaimTo() {
        assertThat(HaproxyCapabilities.of(new HaproxyVersion(2, 6), true)).contains(Capability.FORWARD_AUTHENTICATION);
        assertThat(HaproxyCapabilities.of(new HaproxyVersion(3, 4), true)).contains(Capability.FORWARD_AUTHENTICATION);
        assertThat(HaproxyCapabilities.of(new HaproxyVersion(2, 5), true))
                .contains(Capability.BASIC_AUTHENTICATION)
                .doesNotContain(Capability.FORWARD_AUTHENTICATION);
        assertThat(HaproxyCapabilities.of(new HaproxyVersion(3, 4), false))
                .contains(Capability.BASIC_AUTHENTICATION)
                .doesNotContain(Capability.FORWARD_AUTHENTICATION);
        assertThat(HaproxyCapabilities.ofAny()).contains(Capability.FORWARD_AUTHENTICATION);
    }
}
