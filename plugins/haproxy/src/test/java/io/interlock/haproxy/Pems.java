package io.interlock.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Certificates, made by OpenSSL's own program. */
public final class Pems {

    private static final List<String> EC = List.of("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");

    private final Path folder;

    public Pems(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** A certificate that vouches for itself with its key in one file; the first name is its subject. */
    public Path selfSigned(String file, String... names) throws IOException {
        return selfSigned(file, EC, names);
    }

    /** As {@link #selfSigned(String, String...)}, with an RSA key of so many bits. */
    public Path weak(String file, int bits, String... names) throws IOException {
        return selfSigned(file, List.of("rsa:" + bits), names);
    }

    private Path selfSigned(String file, List<String> key, String... names) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-newkey"));
        arguments.addAll(key);
        arguments.addAll(List.of(
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + names[0],
                "-addext",
                "subjectAltName="
                        + Arrays.stream(names).map(name -> "DNS:" + name).collect(Collectors.joining(",")),
                "-keyout",
                folder.resolve(file + ".key").toString(),
                "-out",
                folder.resolve(file + ".crt").toString()));
        openssl(arguments.toArray(String[]::new));
        Path pem = Files.createFile(
                folder.resolve(file),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(pem, Files.readString(certificate(file)) + Files.readString(key(file)));
    }

    /** A certificate for a client that another one has signed. */
    public Path signed(String file, String subject, String issuer) throws IOException {
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=" + subject,
                "-keyout",
                key(file).toString(),
                "-out",
                folder.resolve(file + ".csr").toString());
        openssl(
                "x509",
                "-req",
                "-in",
                folder.resolve(file + ".csr").toString(),
                "-CA",
                certificate(issuer).toString(),
                "-CAkey",
                key(issuer).toString(),
                "-CAcreateserial",
                "-days",
                "30",
                "-out",
                certificate(file).toString());
        return Files.writeString(
                folder.resolve(file), Files.readString(certificate(file)) + Files.readString(key(file)));
    }

    /** The certificate alone. */
    public Path certificate(String file) {
        return folder.resolve(file + ".crt");
    }

    /** The key alone. */
    public Path key(String file) {
        return folder.resolve(file + ".key");
    }

    private static void openssl(String... arguments) throws IOException {
        run(Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** What a program prints; it must end with success. */
    static String run(String... command) throws IOException {
        Outcome outcome = attempt(command);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(List.of(command) + " ended with " + outcome.exitCode() + ": " + outcome.output());
        }
        return outcome.output();
    }

    /** What a program printed and ended with. */
    record Outcome(int exitCode, String output) {}

    static Outcome attempt(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
