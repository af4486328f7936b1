package io.interlock.app.docker;

import io.interlock.app.docker.ScriptedEngine.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Answers every other request at random: malformed, endless, slow, cut, huge or about something else. */
final class RandomAnswers implements ScriptedEngine.Script {

    private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";
    private static final int MOST = 20_000_000;

    private static final List<String> DOCUMENTS = List.of(
            "",
            "null",
            "7",
            "\"x\"",
            "{}",
            "[[",
            "[7]",
            "[{}]",
            "[null]",
            "{\"Id\":{},\"State\":[],\"Config\":7}",
            "{\"Id\":\"@\",\"Id\":\"@\",\"State\":{\"Running\":true}}",
            "{\"Id\":\"@\",\"State\":{\"Running\":\"yes\"}}",
            "{\"Id\":\"@\",\"State\":{\"Running\":true},\"Config\":{\"Labels\":[{\"a\":1}],\"Env\":{\"x\":\"y\"}}}",
            "[{\"Id\":\"../../etc\"}]",
            "[{\"Id\":\"@\"},{\"Id\":\"@\"}]",
            "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"@\"},\"timeNano\":9223372036854775807}",
            "{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"@\"},\"time\":9223372036854775807}",
            "{\"Type\":\"container\",\"Action\":\"kill\",\"Actor\":{\"ID\":\"@\",\"Attributes\":{\"signal\":\"SIGRTMIN+999\"}}}",
            "{\"Type\":7,\"Action\":[],\"Actor\":\"x\"}",
            "\uFEFF[]",
            "[{\"Id\":\"\\ud800\"}]");

    private static final List<String> HEADS = List.of(
            "\r\n",
            "HTTP/1.1 200\r\n\r\n",
            "HTTP/0.9 200 OK\r\n\r\n",
            "HTTP/1.1 -20 OK\r\n\r\n",
            "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 503 Busy\r\nRetry-After: 99999\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n[",
            "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n[]\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n[",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: empty\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nWWW-Authenticate: Basic\r\nUpgrade: h2c\r\n\r\n[]");

    private final Random random;
    private final ScriptedEngine engine;
    private final AtomicInteger answers;

    RandomAnswers(Random random, ScriptedEngine engine, AtomicInteger answers) {
        this.random = random;
        this.engine = engine;
        this.answers = answers;
    }

    @Override
    public Reply answer(String path, OutputStream out) throws IOException {
        int kind;
        synchronized (random) {
            kind = random.nextInt(100);
        }
        if (kind < 40) {
            return Reply.USUAL;
        }
        answers.incrementAndGet();
        if (kind < 55) {
            document(path, out);
        } else if (kind < 65) {
            ScriptedEngine.text(out, pick(HEADS));
        } else if (kind < 75) {
            usual(path, out, true);
        } else if (kind < 85) {
            usual(path, out, false);
        } else if (kind < 88) {
            ScriptedEngine.text(
                    out, OK + (random.nextBoolean() ? "[" : "{\"Config\":").repeat(random.nextInt(1, 200_000)));
        } else if (kind < 90) {
            compressed(out);
        } else if (kind < 92) {
            repeat(out, pick(List.of("X-A: b\r\n", "a", "\0")), "HTTP/1.1 200 OK\r\n");
        } else if (kind < 94) {
            String unit = pick(List.of(
                    " ",
                    "[{\"Id\":\"" + ScriptedEngine.id(1) + "\"},",
                    "\"x\":\"y\",",
                    "aaaaaaaa",
                    "\\u0000",
                    "\u00e4"));
            repeat(out, unit, OK + pick(List.of("", "[", "{\"", "{\"Config\":{\"Labels\":{\"interlock.")));
        } else if (kind < 96) {
            repeat(out, "HTTP/1.1 100 Continue\r\n\r\n", "");
        } else if (kind < 98) {
            ScriptedEngine.text(out, pick(List.of("", "HTTP/1.1 200 OK\r\n", OK + "[", OK + "{\"Id\":\"")));
            return Reply.SILENCE;
        }
        return random.nextBoolean() ? Reply.CLOSE : Reply.SENT;
    }

    private void document(String path, OutputStream out) throws IOException {
        String id = path.contains("/containers/") && path.length() > 80
                ? path.substring("/containers/".length(), path.length() - "/json".length())
                : ScriptedEngine.id(random.nextInt(1, 1_000_000));
        ScriptedEngine.json(out, pick(DOCUMENTS).replace("@", id));
    }

    /** Sends the usual answer, cut or with changed bytes. */
    private void usual(String path, OutputStream out, boolean cut) throws IOException {
        if (path.equals("/events")) {
            document(path, out);
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Reply unused = engine.answer(path, whole);
        byte[] bytes = whole.toByteArray();
        if (cut) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else {
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 2_000))] = (byte) random.nextInt();
            }
        }
        out.write(bytes);
    }

    private static void compressed(OutputStream out) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            packed.write(new byte[1_000_000]);
        }
        ScriptedEngine.text(
                out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
        out.write(bomb.toByteArray());
    }

    private static void repeat(OutputStream out, String unit, String start) throws IOException {
        ScriptedEngine.text(out, start);
        byte[] many = unit.repeat(10_000 / unit.length()).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < MOST; sent += many.length) {
            out.write(many);
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
