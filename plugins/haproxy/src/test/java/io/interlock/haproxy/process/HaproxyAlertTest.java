package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HaproxyAlertTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ALERT]    (19664) : config : parsing [/x/.a.cfg.new:14] : unknown option 'bogus'.",
                "[ALERT]    (19664) : config : [/x/.a.cfg.new:14] : unknown option 'bogus'.",
                "[ALERT]    (19664) : config : parsing [/x/.a.cfg.new:14]: unknown option 'bogus'.",
                "[ALERT]    (19671) : [/x/.a.cfg.new:14] : unknown option 'bogus'.",
                "[ALERT] 328/023809 (19644) : parsing [/x/.a.cfg.new:14] : unknown option 'bogus'."
            })
    void theLineIsReadInEveryVersionsWay(String output) {
        assertThat(HaproxyAlert.in(
                        "[NOTICE]   (1) : path to executable is /usr/sbin/haproxy\n" + output, "/x/.a.cfg.new"))
                .containsExactly(new HaproxyAlert(Optional.of(14), "unknown option 'bogus'."));
    }

    @Test
    void aLineMayStandInTheMiddle() {
        assertThat(HaproxyAlert.in("[ALERT] (1) : config : proxy 'a' (declared at /x/a.cfg:3) : no", "/x/a.cfg"))
                .containsExactly(new HaproxyAlert(Optional.of(3), "proxy 'a' (declared at /x/a.cfg:3) : no"));
    }

    @Test
    void linesOfOtherFilesAreNoLines() {
        assertThat(HaproxyAlert.in("[ALERT] (1) : config : [/x/hosts.map:3] : what is this?", "/x/.a.cfg.new"))
                .containsExactly(new HaproxyAlert(Optional.empty(), "[/x/hosts.map:3] : what is this?"));
    }

    @Test
    void anAlertNamesALineOfTheListOfCertificates() {
        HaproxyAlert alert = HaproxyAlert.in(
                        "[ALERT] (1) : config : parsing [/x/a.cfg:9] : 'bind 127.0.0.1:1' in section 'frontend' :"
                                + " 'crt-list' : parsing [/x/.certificates.list.new:12]: too many args",
                        "/x/a.cfg")
                .getFirst();

        assertThat(alert.namesListLine(12, 12)).isTrue();
        assertThat(alert.namesListLine(1, 11)).isFalse();
        assertThat(alert.namesListLine(13, 20)).isFalse();
    }

    @Test
    void onlyHaproxyAlerts() {
        assertThat(HaproxyAlert.in("""
                [WARNING]  (1) : config : parsing [a:3] : 'say [ALERT] (1) : loud'
                    [ALERT] (1) : in the middle
                """, "a")).isEmpty();
    }

    @Test
    void aSummaryIsKnown() {
        List<HaproxyAlert> alerts = HaproxyAlert.in("""
                [ALERT]    (1) : config : Proxy 'f': unable to find required use_backend: 'nope'.
                [ALERT]    (1) : config : Error(s) found in configuration file : a.cfg
                [ALERT]    (1) : config : Fatal errors found in configuration.
                """, "a");

        assertThat(alerts).extracting(HaproxyAlert::isSummary).containsExactly(false, true, true);
    }
}
