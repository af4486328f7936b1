package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Range of addresses in CIDR notation (RFC 4632, RFC 4291), in canonical form: the first address of the range, and the
 * number of leading bits that all addresses share.
 *
 * @param first the first address
 * @param prefix number of leading bits, 0 to 32 for IPv4, 0 to 128 for IPv6
 */
@Experimental
public record AddressRange(InetAddress first, int prefix) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:/([0-9]{1,3}))?");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

    /**
     * Accepts only a canonical range.
     *
     * @throws IllegalArgumentException if the prefix is out of range, or the address is not the first of the range
     */
    public AddressRange {
        byte[] bytes = first.getAddress();
        if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("not a prefix of " + first.getHostAddress() + ": " + prefix);
        }
        first = address(bytes);
        if (!first.equals(address(masked(bytes, prefix)))) {
            throw new IllegalArgumentException(
                    first.getHostAddress() + "/" + prefix + " does not begin with its address");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address. Bits after the prefix are set to zero. No
     * name is looked up.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static AddressRange of(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()
                || !(IPV4.matcher(matcher.group(1)).matches()
                        || matcher.group(1).indexOf(':') >= 0)) {
            throw none(text);
        }
        byte[] bytes;
        try {
            bytes = InetAddress.getByName(matcher.group(1)).getAddress();
        } catch (UnknownHostException e) {
            throw none(text);
        }
        int bits = bytes.length * Byte.SIZE;
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        if (prefix > bits) {
            throw none(text);
        }
        return new AddressRange(address(masked(bytes, prefix)), prefix);
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("not a range of addresses: " + QuotedText.quoted(text)
                + ", expected one such as 10.0.0.0/8 or 2001:db8::/32");
    }

    private static byte[] masked(byte[] bytes, int prefix) {
        byte[] masked = bytes.clone();
        for (int bit = prefix; bit < masked.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(1 << (Byte.SIZE - 1 - bit % Byte.SIZE));
        }
        return masked;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** Returns the range in CIDR notation. */
    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
