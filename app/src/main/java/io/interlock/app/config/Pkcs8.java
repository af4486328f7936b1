package io.interlock.app.config;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;

/** Wraps the older encodings of private keys into PKCS#8, the only one that the JDK reads. */
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** 1.2.840.113549.1.1.1 and the NULL that goes with it. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** 1.2.840.10045.2.1; the curve follows. */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private static final int LONG_LENGTH = 0x80;

    private Pkcs8() {}

    static byte[] ofPkcs1(byte[] key) {
        return wrap(RSA, key);
    }

    /**
     * @throws InvalidKeyException if the key does not say which curve it is of
     */
    static byte[] ofSec1(byte[] key) throws InvalidKeyException {
        return wrap(concat(EC, curve(key)), key);
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, concat(VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** The content of the optional element [0] of an ECPrivateKey. */
    private static byte[] curve(byte[] key) throws InvalidKeyException {
        try {
            ByteBuffer der = ByteBuffer.wrap(key);
            der.get();
            length(der);
            while (der.hasRemaining()) {
                int tag = der.get() & 0xFF;
                byte[] content = new byte[Math.min(length(der), der.remaining())];
                der.get(content);
                if (tag == PARAMETERS) {
                    return content;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new InvalidKeyException("a damaged key", e);
        }
        throw new InvalidKeyException("an EC key that does not name its curve");
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xFF;
        if (first < LONG_LENGTH) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < Math.min(3, first - LONG_LENGTH); i++) {
            length = (length << 8) | (der.get() & 0xFF);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        byte[] length = content.length < LONG_LENGTH
                ? new byte[] {(byte) content.length}
                : new byte[] {
                    (byte) 0x83, (byte) (content.length >> 16), (byte) (content.length >> 8), (byte) content.length
                };
        return concat(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
