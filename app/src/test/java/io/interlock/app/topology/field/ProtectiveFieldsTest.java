package io.interlock.app.topology.field;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.AssemblyQueries;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a container that asks for protection is never served without it, and that a finding reports it. */
@Tag("unit")
class ProtectiveFieldsTest {

    static Stream<ContainerField> protective() {
        return Arrays.stream(ContainerField.values())
                .filter(field -> field.failsClosed() && field.wrongValue().leavesOut());
    }

    @ParameterizedTest
    @MethodSource("protective")
    void anEmptyValueLeavesTheContainerOut(ContainerField field) {
        for (String value : List.of("null", "\"\"", "\" \"", "\"\\t\\n\"", "[]")) {
            String data = "{\"" + field.key() + "\": " + value + "}";
            isLeftOut(web("www.example.com").data(data), "INTERLOCK_DATA." + field.key());
            isLeftOut(
                    web("www.example.com").data("{\"routes\": [{\"path\": \"/\"}, " + data + "]}"),
                    "INTERLOCK_DATA.routes[1]." + field.key());
        }
        for (String value : List.of("", " ", "\t")) {
            isLeftOut(web("www.example.com").label("interlock." + field.key(), value), field.key());
            isLeftOut(web("www.example.com").label("interlock.routes.a." + field.key(), value), field.key());
        }
    }

    @ParameterizedTest
    @MethodSource("protective")
    void anEmptyElementOfAListLeavesTheContainerOut(ContainerField field) {
        if (!field.isList()) {
            return;
        }
        String good = new ContainerExample(field).element();
        for (String value : List.of(",", ",,", " , ", good + ",", "," + good, good + ", ," + good)) {
            isLeftOut(web("www.example.com").label("interlock." + field.key(), value), field.key());
        }
        isLeftOut(web("www.example.com").label("interlock." + field.key() + ".0", ""), field.key());
        isLeftOut(
                web("www.example.com")
                        .label("interlock." + field.key() + ".0", good)
                        .label("interlock." + field.key() + ".1", " "),
                field.key());
        for (String value : List.of("[\"\"]", "[null]", "[[]]", "[\"" + good.replace("\\", "\\\\") + "\", \"\"]")) {
            isLeftOut(
                    web("www.example.com").data("{\"" + field.key() + "\": " + value + "}"),
                    "INTERLOCK_DATA." + field.key());
        }
    }

    @Test
    void anEmptyLabelLeavesTheContainerOutThoughItsDataHaveAValue() {
        isLeftOut(
                web("www.example.com").data("{\"allow\": [\"10.0.0.0/8\"]}").label("interlock.allow", ""),
                "label interlock.allow");
    }

    @Test
    void anEmptyLeastVersionMeansTheStrictest() {
        for (ContainerFactsBuilder container : List.of(
                web("www.example.com").data("{\"tls_min_version\": \"\"}"),
                web("www.example.com").data("{\"tls_min_version\": null}"),
                web("www.example.com").label("interlock.tls_min_version", " "))) {
            PipelineResult assembly = assemble(container);

            assertThat(assembly.topology().virtualHosts().toString()).contains("TLS_1_3");
            assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("tls_min_version", "1.3 is used");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsNearlyRightLeavesTheContainerOut(ContainerField field) {
        if (!field.failsClosed()) {
            return;
        }
        for (String name : slips(field.key())) {
            isLeftOut(web("www.example.com").label("interlock." + name, "hunter2"), "label interlock." + name);
        }
        field.synonyms().forEach(name -> {
            isLeftOut(web("www.example.com").label("interlock." + name, "hunter2"), "label interlock." + name);
            isLeftOut(web("www.example.com").data("{\"" + name + "\": [\"hunter2\"]}"), "INTERLOCK_DATA." + name);
        });
    }

    @Test
    void aProtectiveNameWithTwoEditsLeavesTheContainerOut() {
        Random random = new Random(7);
        protective().forEach(field -> {
            for (int i = 0; i < 40; i++) {
                String name = edited(edited(field.key(), random), random);
                // What is as near to another field is rather that.
                if (ContainerField.ofKey(name).isEmpty()) {
                    assertThat(FieldNameResolver.of(name).failsClosed()
                                    || FieldNameResolver.of(name).field().isPresent())
                            .as("%s for %s, seed 7", name, field.key())
                            .isTrue();
                }
            }
        });
        for (String name : List.of(
                "alow_",
                "aloww",
                "llw",
                "hallo",
                "dy",
                "dnyy",
                "basc_uth",
                "basic_auth_x",
                "maxbdy",
                "sl_onl",
                "rtelimit")) {
            isLeftOut(web("www.example.com").label("interlock." + name, "hunter2"), "label interlock." + name);
        }
    }

    private static String edited(String name, Random random) {
        int at = random.nextInt(name.length());
        String letter = String.valueOf((char) ('a' + random.nextInt(26)));
        return switch (random.nextInt(3)) {
            case 0 -> name.length() > 2 ? name.substring(0, at) + name.substring(at + 1) : name;
            case 1 -> name.substring(0, at) + letter + name.substring(at + 1);
            default -> name.substring(0, at) + letter + name.substring(at);
        };
    }

    /** Values that say neither what is to be protected nor that nothing is. */
    @ParameterizedTest
    @MethodSource("protective")
    void aValueOfAnotherKindNeverServesTheContainerWithoutTheField(ContainerField field) {
        for (String value : List.of(
                "{}",
                "[{}]",
                "[[]]",
                "[null]",
                "[\"\"]",
                "[[\"10.0.0.0/8\"]]",
                "{\"a\": 1}",
                "{\"users\": []}",
                "0.5",
                "-1",
                "1e99",
                "\"$UNSET\"",
                "\"${UNSET}\"",
                "\"null\"",
                "\"undefined\"",
                "\"none\"",
                "\"off\"",
                "\"no\"",
                "\"False\"",
                "\",\"",
                "\"\\u0000\"",
                "\"\\u00a0\"",
                "\"[]\"",
                "\"{}\"")) {
            PipelineResult assembly = assemble(web("www.example.com").data("{\"" + field.key() + "\": " + value + "}"));

            assertThat(assembly.topology().virtualHosts())
                    .as("%s: %s", field.key(), value)
                    .allSatisfy(host -> assertThat(host.routes().toString()
                                    + assembly.topology().backends().getFirst().policies())
                            .isNotEqualTo(plain()));
            if (assembly.topology().virtualHosts().isEmpty()) {
                assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                        .contains(field.key());
            }
        }
    }

    private static String plain() {
        PipelineResult assembly = assemble(web("www.example.com"));
        return assembly.topology().virtualHosts().getFirst().routes().toString()
                + assembly.topology().backends().getFirst().policies();
    }

    /**
     * Misspellings of a key: one letter dropped, doubled or exchanged with its neighbour, other separators and cases,
     * and an additional part.
     */
    private static Set<String> slips(String key) {
        Set<String> slips = new LinkedHashSet<>();
        for (int i = 0; i < key.length(); i++) {
            slips.add(key.substring(0, i) + key.substring(i + 1));
            slips.add(key.substring(0, i) + key.charAt(i) + key.substring(i));
            if (i > 0) {
                slips.add(key.substring(0, i - 1) + key.charAt(i) + key.charAt(i - 1) + key.substring(i + 1));
            }
        }
        slips.add(key.toUpperCase(Locale.ROOT));
        slips.add(key.replace('_', '-') + "-");
        slips.add(key + ".x");
        slips.add(key + ".12345");
        slips.add(key + ".0.0");
        slips.add("http." + key);
        slips.add("route.a." + key);
        slips.add("routes.a.b." + key);
        slips.add("policies." + key + ".enabled");
        slips.removeIf(slip -> ContainerField.ofKey(slip).isPresent() || slip.endsWith("y.0"));
        return slips;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow.x",
                "allowed",
                "allowed_ips",
                "allow_from",
                "ip_whitelist",
                "ipWhiteList",
                "white-list",
                "IpAllowList.sourceRange",
                "source_ranges",
                "deny.a",
                "ip_deny",
                "denied_clients",
                "blacklisted",
                "auth",
                "auth.users",
                "basicAuth",
                "basic_auth_users",
                "basicauth.users",
                "http_basic_auth",
                "htpasswd_file",
                "passwords",
                "https_only",
                "httpsonly",
                "force-https",
                "redirect_to_https",
                "ssl_redirects",
                "require_tls",
                "tls_only",
                "ratelimit",
                "rate-limit.average",
                "requests_per_second",
                "request_limit",
                "max_body_bytes",
                "client_max_body_size",
                "upstream_tls",
                "upstream_https",
                "ssl_backends",
                "route.a.allow",
                "routes.a.policies.allow",
                "policies",
                "policies.x",
                "middlewares",
                "access_control",
                "basic_authentication",
                "match",
                "match_path",
                "Match-Headers",
                "tls_min_versoin",
                "http.middlewares.auth.basicauth.users",
                "middlewares.x.ipallowlist.sourcerange",
                "ipallowlist",
                "IPWhiteList",
                "ip_allow_list",
                "forwardauth.address",
                "forwardAuth",
                "forward_auth_url",
                "forward-auth",
                "forwardAuth.authResponseHeaders",
                "forwardAuth.trustForwardHeader",
                "forward_auth_copy_headers",
                "auth_signin",
                "auth-url",
                "external_authentication",
                "traefik.forwardauth.address",
                "oauth2-proxy.enabled",
                "digestAuth.users",
                "inFlightReq.amount",
                "rateLimit.average",
                "buffering.maxRequestBodyBytes",
                "redirectScheme.scheme",
                "tls.options",
                "HTTPS_METHOD",
                "NETWORK_ACCESS",
                "SSL_POLICY",
                "CLIENT_MAX_BODY_SIZE",
                "@internal.remote_ip",
                "client_ip",
                "request_body.max_size",
                "basicauth.bob",
                "jwt",
                "oauth2",
                "login_required",
                "internal_only",
                "client-cert",
                "block_bots",
                "cidrs",
                "usersFile",
                "ALLOW",
                "Allow.0.1",
                "al-low",
                "basic.auth",
                "basic-auth.users",
                "basic_auths.0",
                "ssl-only.permanent",
                "headers.sslredirect",
                "ssl_redirect",
                "SSLRedirect",
                "redirect_https",
                "redirect_scheme",
                "passtlsclientcert.pem",
                "ipstrategy.depth",
                "inflightreq",
                "inflight_req",
                "limit_req",
                "limit_req_zone",
                "limit_conn",
                "auth_basic",
                "auth_basic_user_file",
                "user_file",
                "users",
                "acl.src",
                "remote_ip",
                "not_remote_ip",
                "allowed_hosts_only",
                "plugin.crowdsec",
                "plugin.geoblock",
                "geo_block",
                "basicauth_removeheader",
                "authorize",
                "authorization",
                "authenticate_with",
                "security.policy",
                "route.a.x.allow",
                "routes.a.allow.x",
                "frontend.auth.basic",
                "frontend.whiteList.sourceRange",
                "frontend.rateLimit.rateSet",
                "header_up.authorization",
                "tls.client_auth",
                "abort",
                "http.allow",
                "interlock.allow",
                "request_body_max",
                "max_request_size",
                "max_upload_size",
                "body_limit",
                "body_size"
            })
    void whatOthersCallItLeavesTheContainerOut(String name) {
        isLeftOut(web("www.example.com").label("interlock." + name, "hunter2"), "label interlock." + name);
        isLeftOut(web("www.example.com").data("{\"" + name + "\": \"hunter2\"}"), "INTERLOCK_DATA." + name);
        isLeftOut(web("www.example.com").data("{\"" + name + "\": null}"), "INTERLOCK_DATA." + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"policies\": {\"allow\": [\"10.0.0.0/8\"]}}",
                "{\"policies\": {}}",
                "{\"http\": {\"x\": [{\"basic_auth\": [\"hunter2\"]}]}}",
                "{\"options\": {\"allowed\": [\"hunter2\"]}}",
                "{\"routes\": [{\"access_control\": {\"deny\": [\"hunter2\"]}}]}",
                "{\"route\": {\"a\": {\"allow\": []}}}",
            })
    void whatStandsBelowANameOfNoFieldLeavesTheContainerOut(String data) {
        isLeftOut(web("www.example.com").data(data), "INTERLOCK_DATA.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prot",
                "port.0",
                "author",
                "description",
                "date",
                "role",
                "clock",
                "cors",
                "cors_allow_origin",
                "allow_origin",
                "allow_headers",
                "websocket",
                "websocket_endpoint.0",
                "retry",
                "https_port",
                "conn_limit",
                "header",
                "checks",
                "version",
                "team.name"
            })
    void whatNobodyReliesOnIsIgnored(String name) {
        PipelineResult assembly = assemble(web("www.example.com").label("interlock." + name, "hunter2"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains(name)
                .doesNotContain("hunter2");
    }

    private static void isLeftOut(ContainerFactsBuilder container, String place) {
        PipelineResult assembly = assemble(container, web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).as(place).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains(place)
                .containsIgnoringCase("not served")
                .doesNotContain("hunter2");
    }
}
