package io.interlock.haproxy.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generator of requests for open and protected parts of an application, in usual and unusual spellings. Not for several threads. */
final class SpelledRequestGenerator {

    private static final List<String> PATHS =
            List.of("/admin", "/admin", "/admin/", "/admin/x", "/x/admin", "/", "/x", "/administrator", "/admin/x/y");

    private static final List<String> INSERTED = List.of(
            "/.",
            "/x/..",
            "/%2e",
            "/x/%2e%2e",
            "/x/.%2E",
            "/",
            "//",
            "/.;a",
            "/x/..;",
            "/;",
            "/;a=b",
            "/x/..;a=b",
            "/..",
            "/%2e%2e",
            "//x/..",
            "/%2f",
            "/%5c",
            "/\\",
            "/x%2f..",
            "/x\\..",
            "/x%5c..",
            "/%20/..",
            "/x/y/../..",
            "/x/%2e%2e%2f",
            "/%c0%ae%c0%ae",
            "/%e0%80%ae",
            "/%u002e%u002e",
            "/x%00/..",
            "/..%00",
            "/.%09.",
            "/%252e%252e",
            "/x/%2e%2e%3b",
            "/x?/..",
            "/x%3f/..",
            "/x#/..",
            "/x%23/..");

    private static final List<String> APPENDED = List.of(
            "/",
            "//",
            ";v=1",
            ";",
            ";/x",
            "%3b",
            "%3Bv",
            "%00",
            "%00.png",
            "%09",
            "%20",
            "%0a",
            "%0d",
            "%0d%0a",
            "%2f",
            "%5c",
            "\\",
            ".",
            "%2e",
            "/.",
            "/..",
            "/../admin",
            "?x",
            "?/../x",
            "%3f",
            "%3fx",
            "#x",
            "%23",
            "~",
            "%",
            "%2",
            "%zz",
            "*",
            "\t",
            "\0",
            "\u00e9",
            "%c3%a9",
            "%e9",
            ",",
            "%ef%bc%8f",
            "|",
            "^",
            "\"",
            "<x>",
            "{x}",
            "`",
            "%7f");

    private static final List<String> PREFIXES = List.of(
            "http://OPEN",
            "https://OPEN",
            "HTTP://OPEN",
            "http://OPEN:80",
            "http://OPEN.",
            "http://SECRET",
            "http://SECRET:80",
            "//OPEN",
            "//SECRET",
            "/x/..",
            "/;x",
            "/%2e",
            "http://user@OPEN",
            "http://OPEN@SECRET",
            "http://OPEN,SECRET",
            "http://",
            "http:",
            "file://",
            "*",
            "http://OPEN\\",
            "http://%6fpen");

    private static final List<List<String>> HOSTS = List.of(
            List.of("OPEN."),
            List.of("OPEN:80"),
            List.of("OPEN:"),
            List.of("OPEN.:80"),
            List.of("SECRET"),
            List.of("SECRET."),
            List.of("SECRET:80"),
            List.of("SECRET:x"),
            List.of("SECRET:"),
            List.of("SECRET/"),
            List.of("SECRET\\"),
            List.of("SECRET#"),
            List.of("SECRET?"),
            List.of("SECRET\0"),
            List.of("SECRET\0OPEN"),
            List.of("SECRET\t"),
            List.of("\tSECRET"),
            List.of("SECRET, OPEN"),
            List.of("SECRET,OPEN"),
            List.of("OPEN, SECRET"),
            List.of("OPEN SECRET"),
            List.of("SECRET OPEN"),
            List.of("OPEN@SECRET"),
            List.of("SECRET@OPEN"),
            List.of("SECRET:80@OPEN"),
            List.of("OPEN:@SECRET"),
            List.of("[SECRET]"),
            List.of("OPEN;SECRET"),
            List.of("\"SECRET\""),
            List.of("http://SECRET"),
            List.of("SECRET%00"),
            List.of("%73ecretAPP"),
            List.of(""),
            List.of(),
            List.of("OPEN", "SECRET"),
            List.of("SECRET", "OPEN"),
            List.of("OPEN", "OPEN"),
            List.of("OPEN", ""),
            List.of("", "SECRET"),
            List.of("OPEN\r\n SECRET"),
            List.of("OPEN,\r\n\tSECRET"));

    private static final List<String> HEADERS = List.of(
            "X-Forwarded-Host: SECRET",
            "X_Forwarded_Host: SECRET",
            "x-forwarded.host: SECRET",
            "X-Forwarded-Host: OPEN, SECRET",
            "X-Host: SECRET",
            "X-Forwarded-Server: SECRET",
            "Forwarded: for=127.0.0.1;host=SECRET",
            "Host : SECRET",
            "Host\t: SECRET",
            " Host: SECRET",
            "X: 1\r\n Host: SECRET",
            "X: 1\nHost: SECRET",
            "X: 1\rHost: SECRET",
            "Ho\0st: SECRET",
            "X-Original-URL: /admin",
            "X-Rewrite-URL: /admin",
            "X_Original_URL: /admin",
            "X-Forwarded-Uri: /admin",
            "X-Forwarded-Prefix: /admin",
            "X-Forwarded-Path: /admin",
            "PATH_INFO: /admin",
            "Path-Info: /admin",
            "SCRIPT_NAME: /x",
            "Script-Name: /x",
            "SCRIPT_NAME: /",
            "SCRIPT_NAME: /admin",
            "X-Script-Name: /x",
            "REQUEST_URI: /admin",
            "SERVER_NAME: SECRET",
            "Content_Length: 5",
            "Transfer_Encoding: chunked",
            "Connection: Host",
            "Connection: X-Passed",
            "Content-Length: 0",
            "X-HTTP-Method-Override: PUT",
            "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk");

    private final Random random;

    SpelledRequestGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** A request for one of the hosts of an application. */
    SpelledRequest next(ApplicationServer application) {
        String target = pick(PATHS);
        for (int i = random.nextInt(4); i > 0; i--) {
            target = changed(target);
        }
        List<String> hosts = random.nextInt(4) == 0 ? pick(HOSTS) : List.of("OPEN");
        List<String> headers = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            headers.add(pick(HEADERS));
        }
        return new SpelledRequest(
                pick(List.of("1.0", "1.1", "1.1", "2")),
                named(target, application),
                hosts.stream().map(host -> mixed(named(host, application))).toList(),
                headers.stream().map(header -> named(header, application)).toList());
    }

    /** A header with one of these names, or none of them, in a spelling that some applications take for it. */
    String header(List<String> names, List<String> values) {
        StringBuilder name = new StringBuilder();
        for (char c : pick(names).toCharArray()) {
            boolean isHyphen = c == '-' && random.nextInt(3) == 0;
            name.append(isHyphen ? pick(List.of("_", ".", "!", "~", "*", "+", "'", "|", "^", "`", "#", "$", "&")) : c);
        }
        String spelled = random.nextBoolean() ? name.toString() : mixed(name.toString());
        return spelled + pick(List.of(": ", ": ", ":", ":\t", ": \r\n ")) + pick(values);
    }

    private static String named(String text, ApplicationServer application) {
        return text.replace("APP", "." + application.name() + ".test")
                .replace("OPEN", application.openHost())
                .replace("SECRET", application.secretHost());
    }

    private String mixed(String text) {
        if (random.nextInt(4) != 0) {
            return text;
        }
        StringBuilder mixed = new StringBuilder();
        text.chars().forEach(c -> mixed.append((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)));
        return mixed.toString();
    }

    private String changed(String target) {
        int at = random.nextInt(target.length());
        char c = target.charAt(at);
        String before = target.substring(0, at);
        String after = target.substring(at + 1);
        return switch (random.nextInt(9)) {
            case 0, 1 -> before + encoded("%", c) + after;
            case 2 -> before + encoded("%25", c) + after;
            case 3 -> {
                int slash = target.indexOf('/', at);
                slash = slash < 0 ? target.length() : slash;
                yield target.substring(0, slash) + pick(INSERTED) + target.substring(slash);
            }
            case 4, 5 -> target + pick(APPENDED);
            case 6 -> before + Character.toUpperCase(c) + after;
            case 7 -> before + String.format("%%%02x%%%02x", 0xc0 | (c >> 6), 0x80 | (c & 0x3f)) + after;
            default ->
                random.nextInt(3) > 0 ? pick(PREFIXES) + target : before + (char) (1 + random.nextInt(255)) + c + after;
        };
    }

    private String encoded(String escape, char c) {
        String digits = String.format("%02x", (int) c);
        return escape + (random.nextBoolean() ? digits : digits.toUpperCase(Locale.ROOT));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
