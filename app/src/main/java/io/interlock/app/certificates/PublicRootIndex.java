package io.interlock.app.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Index of the root certificates that Java trusts, which most clients have. Read when it is needed first. */
final class PublicRootIndex {

    private static final Map<X500Principal, List<X509Certificate>> ROOTS = roots();

    private PublicRootIndex() {}

    /** Whether one of the roots signed the certificate. */
    static boolean signed(X509Certificate certificate) {
        return ROOTS.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .anyMatch(root -> CertificateChainResolver.isSigned(root, certificate));
    }

    private static Map<X500Principal, List<X509Certificate>> roots() {
        Map<X500Principal, List<X509Certificate>> roots = new HashMap<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore standard = null;
            factory.init(standard);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate root : x509.getAcceptedIssuers()) {
                        roots.computeIfAbsent(root.getSubjectX500Principal(), any -> new ArrayList<>())
                                .add(root);
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            // A Java without roots knows none: every certificate must bring its chain.
            return Map.of();
        }
        return roots;
    }
}
