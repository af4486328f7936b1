package io.interlock.app.config;

/** Type of the keys of certificates that are ordered. */
public enum CertificateKeyType {
    P256("EC", "secp256r1", 0),
    P384("EC", "secp384r1", 0),
    RSA2048("RSA", "", 2_048),
    RSA3072("RSA", "", 3_072),
    RSA4096("RSA", "", 4_096);

    private final String algorithm;
    private final String curve;
    private final int bits;

    CertificateKeyType(String algorithm, String curve, int bits) {
        this.algorithm = algorithm;
        this.curve = curve;
        this.bits = bits;
    }

    /** Java's name of the algorithm. */
    public String algorithm() {
        return algorithm;
    }

    /** The curve; empty for RSA. */
    public String curve() {
        return curve;
    }

    /** The size of an RSA key. */
    public int bits() {
        return bits;
    }
}
