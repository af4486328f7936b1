package io.interlock.haproxy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.SocketServer;
import io.interlock.testsupport.network.WebSocketServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of other projects for gRPC, WebSocket and HTTP/2, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ClientProtocolTest {

    private static final HostName NAME = new HostName("localhost.example.com");
    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };
    private static final MethodDescriptor<String, String> GREET = method("test.Greeter/Greet", MethodType.UNARY);
    private static final MethodDescriptor<String, String> COUNT =
            method("test.Greeter/Count", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> TALK = method("test.Greeter/Talk", MethodType.BIDI_STREAMING);

    @TempDir
    Path folder;

    private final Path binary;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int httpsPort;
    private HaproxyFixture rig;

    ClientProtocolTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        httpsPort = PortAllocator.next();
        rig = opened(new HaproxyFixture(
                folder.resolve("rig"),
                PortAllocator.next(),
                HaproxyFixture.withBinary(binary),
                new TlsSettings(
                        httpsPort, httpsPort, TlsVersion.TLS_1_2, Optional.empty(), PlainHttp.SERVED, false, false)));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
                .setFullMethodName(name)
                .setType(type)
                .build();
    }

    @Test
    void grpcWorksWithAndWithoutTls() throws Exception {
        Server server = greeter();
        serve(server.getPort(), new BackendPolicy.Http2ToServers());

        for (boolean tls : List.of(false, true)) {
            Channel channel = channel(tls);
            assertThat(ClientCalls.blockingUnaryCall(channel, GREET, CallOptions.DEFAULT, "Ada"))
                    .isEqualTo("hello Ada");
            List<String> counted = new ArrayList<>();
            ClientCalls.blockingServerStreamingCall(channel, COUNT, CallOptions.DEFAULT, "1000")
                    .forEachRemaining(counted::add);
            assertThat(counted).hasSize(1000).endsWith("999");
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, GREET, CallOptions.DEFAULT, ""))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                        assertThat(e.getStatus().getDescription()).isEqualTo("who are you?");
                    });
            assertThat(talk(channel, "a", "b")).containsExactly("heard a", "heard b");
        }
    }

    /** Sends each text only after the answer to the previous one. */
    private static List<String> talk(Channel channel, String... texts) throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> said =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(TALK, CallOptions.DEFAULT), new StreamObserver<>() {
                    @Override
                    public void onNext(String value) {
                        heard.add(value);
                    }

                    @Override
                    public void onError(Throwable t) {
                        heard.add(t.toString());
                    }

                    @Override
                    public void onCompleted() {
                        heard.add("end");
                    }
                });
        List<String> answers = new ArrayList<>();
        for (String text : texts) {
            said.onNext(text);
            answers.add(String.valueOf(heard.poll(20, TimeUnit.SECONDS)));
        }
        said.onCompleted();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
        return answers;
    }

    private Server greeter() throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("test.Greeter")
                        .addMethod(GREET, ServerCalls.asyncUnaryCall((name, answer) -> {
                            if (name.isEmpty()) {
                                answer.onError(Status.INVALID_ARGUMENT
                                        .withDescription("who are you?")
                                        .asRuntimeException());
                                return;
                            }
                            answer.onNext("hello " + name);
                            answer.onCompleted();
                        }))
                        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall((most, answer) -> {
                            for (int i = 0; i < Integer.parseInt(most); i++) {
                                answer.onNext(Integer.toString(i));
                            }
                            answer.onCompleted();
                        }))
                        .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(answer -> new StreamObserver<>() {
                            @Override
                            public void onNext(String value) {
                                answer.onNext("heard " + value);
                            }

                            @Override
                            public void onError(Throwable t) {
                                // The client has closed the connection.
                            }

                            @Override
                            public void onCompleted() {
                                answer.onCompleted();
                            }
                        }))
                        .build())
                .build()
                .start();
        opened.add(() -> server.shutdownNow().awaitTermination());
        return server;
    }

    private Channel channel(boolean tls) throws Exception {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), tls ? httpsPort : rig.port))
                .overrideAuthority(NAME.value());
        ManagedChannel channel = (tls
                        ? builder.sslContext(GrpcSslContexts.forClient()
                                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                .build())
                        : builder.usePlaintext())
                .build();
        opened.add(() -> channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS));
        return channel;
    }

    @Test
    void aWebSocketOfTheJdkTalksThroughIt() throws Exception {
        SocketServer echo = opened(WebSocketServer.ofTexts());
        // The JDK's client sends the host name of the URL.
        serve("localhost", echo.port());
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + rig.port + "/chat"), new WebSocket.Listener() {
                        @Override
                        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            heard.add(data.toString());
                            from.request(1);
                            return null;
                        }
                    })
                    .get(20, TimeUnit.SECONDS);

            socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("echo hello");
            socket.sendText("x".repeat(100), true).get(20, TimeUnit.SECONDS);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("echo " + "x".repeat(100));
            socket.abort();
        }
    }

    @Test
    void curlSpeaksEachVersionOfHttp() throws Exception {
        OriginServer origin = opened(new OriginServer("web"));
        serve(origin.port());

        assertThat(curl("--http1.1", "http", rig.port)).contains("HTTP/1.1 200", "web for");
        assertThat(curl("--http2-prior-knowledge", "http", rig.port)).contains("HTTP/2 200", "web for");
        assertThat(curl("--http2", "https", httpsPort)).contains("HTTP/2 200", "web for");
        assertThat(curl("--http1.1", "https", httpsPort)).contains("HTTP/1.1 200", "web for");
    }

    private static String curl(String version, String scheme, int port) throws IOException {
        return OpensslCertificates.run(
                "curl",
                "-sSik",
                version,
                "--max-time",
                "20",
                "--resolve",
                NAME + ":" + port + ":127.0.0.1",
                scheme + "://" + NAME + ":" + port + "/");
    }

    private void serve(int port, BackendPolicy... policies) throws Exception {
        serve(NAME.value(), port, policies);
    }

    private void serve(String host, int port, BackendPolicy... policies) throws Exception {
        Path pem = new OpensslCertificates(folder.resolve("pems")).selfSigned("www", NAME.value());
        Certificate certificate = new Certificate("www", pem, Files.size(pem), List.of(NAME), Optional.empty());
        Backend backend = new Backend(
                "web",
                List.of(LoopbackTopologies.server("web", port)),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(policies));
        Topology topology = new Topology(
                List.of(new VirtualHost(List.of(new HostName(host)), List.of(Route.toBackend("web")))),
                List.of(backend),
                new TlsMaterial(List.of(certificate), List.of()));
        assertThat(rig.apply(new TopologySnapshot(1, topology))).isInstanceOf(Applied.class);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
