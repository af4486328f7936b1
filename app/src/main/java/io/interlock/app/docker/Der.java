package io.interlock.app.docker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** The little of ASN.1's distinguished encoding that wraps older forms of private keys into PKCS#8. */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int EC_PARAMETERS = 0xA0;

    private static final byte[] VERSION_0 = tagged(INTEGER, new byte[] {0});
    /** The algorithm rsaEncryption (1.2.840.113549.1.1.1) with its empty parameters. */
    private static final byte[] RSA = tagged(SEQUENCE, HexFormat.of().parseHex("06092a864886f70d010101" + "0500"));
    /** The identifier of ecPublicKey (1.2.840.10045.2.1). */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** An RSA private key of PKCS#1 as PKCS#8. */
    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return tagged(SEQUENCE, join(VERSION_0, RSA, tagged(OCTET_STRING, pkcs1)));
    }

    /** An elliptic curve's private key of SEC 1, which has to name its curve, as PKCS#8. */
    static byte[] pkcs8OfEc(byte[] sec1) throws GeneralSecurityException {
        byte[] curve = curveOf(sec1);
        return tagged(SEQUENCE, join(VERSION_0, tagged(SEQUENCE, join(EC, curve)), tagged(OCTET_STRING, sec1)));
    }

    private static byte[] curveOf(byte[] sec1) throws GeneralSecurityException {
        try {
            ByteBuffer fields = content(ByteBuffer.wrap(sec1), SEQUENCE);
            while (fields.hasRemaining()) {
                int tag = Byte.toUnsignedInt(fields.get(fields.position()));
                ByteBuffer field = content(fields, tag);
                if (tag == EC_PARAMETERS) {
                    byte[] curve = new byte[field.remaining()];
                    field.get(curve);
                    return curve;
                }
            }
        } catch (RuntimeException damaged) {
            throw new GeneralSecurityException("the private key is damaged", damaged);
        }
        throw new GeneralSecurityException("the private key does not name its curve; expected it in PKCS#8");
    }

    /** The content of the next element, which has to bear that tag; the buffer moves behind it. */
    private static ByteBuffer content(ByteBuffer from, int tag) {
        if (Byte.toUnsignedInt(from.get()) != tag) {
            throw new IllegalArgumentException("unexpected tag");
        }
        int length = Byte.toUnsignedInt(from.get());
        if (length > 0x7F) {
            int bytes = length - 0x80;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | Byte.toUnsignedInt(from.get());
            }
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] header = length <= 0x7F
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
        return join(header, content);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
