package io.interlock.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.CertificateStatus.State;
import io.interlock.app.certificates.InMemoryCertificateAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the folders of other tools, with the files that they write beside a certificate. */
@Tag("unit")
class CompanionFilesTest extends CertificateFolderFixture {

    private Issued issued;
    private String whole;

    @BeforeEach
    void issue() {
        issued = authority.issue(90, HOST);
        whole = issued.certificatePem() + authority.intermediatePem();
    }

    @Test
    void theFolderOfLegoIsUnderstood() {
        put(HOST + ".crt", whole);
        put(HOST + ".issuer.crt", authority.intermediatePem());
        put(HOST + ".key", issued.keyPem());
        put(HOST + ".json", "{}");
        put(HOST + ".pem", whole + issued.keyPem());

        assertShown(HOST);
    }

    @Test
    void theFolderOfOneCertificateOfCertbotIsUnderstood() {
        put("README", "This directory contains your keys");
        put("cert.pem", issued.certificatePem());
        put("chain.pem", authority.intermediatePem());
        put("fullchain.pem", whole);
        put("privkey.pem", issued.keyPem());

        assertShown("fullchain");
    }

    @Test
    void theFolderOfAllCertificatesOfCertbotIsUnderstood() {
        put("README", "This directory contains your keys");
        put("www/cert.pem", issued.certificatePem());
        put("www/chain.pem", authority.intermediatePem());
        put("www/fullchain.pem", whole);
        put("www/privkey.pem", issued.keyPem());

        assertShown("www");
    }

    @Test
    void theFolderOfOneCertificateOfAcmeShIsUnderstood() {
        acmeSh("");

        assertShown("fullchain");
    }

    @Test
    void theFolderOfAllCertificatesOfAcmeShIsUnderstood() {
        put("account.conf", "");
        put("ca/key.pem", issued.keyPem());
        acmeSh(HOST + "_ecc/");

        assertShown(HOST + "_ecc");
    }

    @Test
    void theFilesOfMkcertAndParametersAreUnderstood() {
        put(HOST + ".pem", whole);
        put(HOST + "-key.pem", issued.keyPem());
        put("dhparam.pem", "-----BEGIN DH PARAMETERS-----\nMIIB\n-----END DH PARAMETERS-----\n");

        assertShown(HOST);
    }

    @Test
    void theKeyInAWholeFileWinsOverAStaleOneBesideIt() {
        Issued old = authority.issue(30, HOST);
        put("www.pem", old.certificatePem() + authority.intermediatePem());
        put("www.key", old.keyPem());
        assertShown("www");
        put("www.pem", whole + issued.keyPem());
        assertThat(look().certificates())
                .singleElement()
                .satisfies(certificate ->
                        assertThat(Files.readString(certificate.file())).isEqualTo(whole + issued.keyPem()));
        assertShown("www");

        put("www.pem", whole + old.keyPem());
        put("www.key", issued.keyPem());
        assertShown("www");
    }

    @Test
    void anOldAndANewWayToLayACertificateDownAreBothRead() {
        Issued old = authority.issue(30, HOST);
        put("www.crt", old.certificatePem() + authority.intermediatePem());
        put("www.key", old.keyPem());
        put("www.pem", whole + issued.keyPem());

        assertThat(shown()).containsOnlyKeys("www.pem");
        assertThat(status().certificates()).extracting(CertificateStatus::id).containsExactly("www", "www.pem");
    }

    @Test
    void aCertificateWithoutAKeyThatBelongsToNoOtherIsStillTold() throws IOException {
        put("www.pem", whole + issued.keyPem());
        put("other.pem", authority.issue(30, "other.example.com").certificatePem());
        put("request.pem", "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n");

        assertThat(status().certificates())
                .filteredOn(certificate -> certificate.state() == State.UNUSABLE)
                .extracting(CertificateStatus::id)
                .containsExactly("other", "request");

        Files.delete(folder.resolve("other.pem"));
        Files.delete(folder.resolve("request.pem"));
        put("www.pem", authority.intermediatePem());
        assertThat(problem().description()).as("it was good before").contains("its last good content stays");
    }

    private void acmeSh(String prefix) {
        put(prefix + HOST + ".cer", issued.certificatePem());
        put(prefix + HOST + ".key", issued.keyPem());
        put(prefix + HOST + ".conf", "");
        put(prefix + HOST + ".csr", "");
        put(prefix + "ca.cer", authority.intermediatePem());
        put(prefix + "fullchain.cer", whole);
    }

    private void assertShown(String id) {
        assertThat(shown()).containsOnlyKeys(id).containsEntry(id, List.of(HOST));
        assertThat(status().problems()).isEmpty();
        assertThat(status().certificates()).extracting(CertificateStatus::state).containsExactly(State.SHOWN);
    }
}
