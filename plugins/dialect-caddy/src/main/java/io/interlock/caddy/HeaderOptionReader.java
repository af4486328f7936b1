package io.interlock.caddy;

import io.interlock.caddy.label.CaddyDirective;
import java.util.List;
import java.util.Locale;

/** Reads what changes one header: {@code X-Name value}, {@code -X-Name}, {@code +X-Name value}. */
final class HeaderOptionReader {

    private final CaddyFindings findings;

    HeaderOptionReader(CaddyFindings findings) {
        this.findings = findings;
    }

    void read(CaddyDirective source, List<String> arguments, String field, HandlerFields fields) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        String name = first.replaceFirst("^[+>-]", "");
        boolean isKnown = name.matches("[A-Za-z0-9_.-]+") && !name.isEmpty() && arguments.size() <= 2;
        String value = arguments.size() > 1 ? arguments.get(1) : "";
        if (isKnown && first.startsWith("-") && arguments.size() == 1) {
            fields.add(field, source, name + ":");
        } else if (isKnown && arguments.size() == 2 && !value.contains("{") && !value.isEmpty()) {
            if (name.equalsIgnoreCase("Strict-Transport-Security") && field.equals("response_headers")) {
                fields.set("hsts", source, value);
            } else if (name.equalsIgnoreCase("Host") && field.equals("request_headers")) {
                fields.set("upstream_host", source, value);
            } else {
                fields.add(field, source, name + ": " + value);
            }
        } else if (!isUsual(name, value)) {
            findings.lost(source, "changes a header by a placeholder or an expression, for which there is no field");
        }
    }

    /** HAProxy already passes on the host, and addresses as forwarding headers. */
    private static boolean isUsual(String name, String value) {
        return (name.equalsIgnoreCase("Host") && List.of("{host}", "{hostport}").contains(value))
                || (List.of("x-real-ip", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host")
                                .contains(name.toLowerCase(Locale.ROOT))
                        && value.startsWith("{")
                        && !name.equalsIgnoreCase("x-real-ip"));
    }
}
