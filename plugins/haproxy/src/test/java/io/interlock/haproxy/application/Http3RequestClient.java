package io.interlock.haproxy.application;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Client for HTTP/3 (RFC 9114), whatever version a request names. Headers that it cannot have as they are written are left out. */
final class Http3RequestClient implements RequestClient, AutoCloseable {

    private static final int TIME_LIMIT = 20;
    private static final int FLOW = 1 << 20;

    private final int port;
    private final String serverName;
    private final EventLoopGroup threads;

    Http3RequestClient(int port) {
        this(port, "", new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
    }

    private Http3RequestClient(int port, String serverName, EventLoopGroup threads) {
        this.port = port;
        this.serverName = serverName;
        this.threads = threads;
    }

    @Override
    public Http3RequestClient at(String host) {
        return new Http3RequestClient(port, host, threads);
    }

    @Override
    public ApplicationAnswer ask(SpelledRequest request) {
        CompletableFuture<ApplicationAnswer> answer = new CompletableFuture<>();
        Channel socket = null;
        try {
            QuicSslContext tls = QuicSslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .applicationProtocols(Http3.supportedApplicationProtocols())
                    .build();
            socket = new Bootstrap()
                    .group(threads)
                    .channel(NioDatagramChannel.class)
                    .handler(Http3.newQuicClientCodecBuilder()
                            .sslEngineProvider(quic -> tls.newEngine(quic.alloc(), serverName, port))
                            .maxIdleTimeout(TIME_LIMIT, TimeUnit.SECONDS)
                            .initialMaxData(FLOW)
                            .initialMaxStreamDataBidirectionalLocal(FLOW)
                            .build())
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            QuicChannel connection = QuicChannel.newBootstrap(socket)
                    .handler(new Http3ClientConnectionHandler())
                    .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .connect()
                    .get(TIME_LIMIT, TimeUnit.SECONDS);
            QuicStreamChannel stream = Http3.newRequestStream(connection, new AnswerReader(answer))
                    .sync()
                    .getNow();
            stream.closeFuture().addListener(closed -> answer.complete(new ApplicationAnswer(0, List.of())));
            stream.writeAndFlush(new DefaultHttp3HeadersFrame(headers(request)))
                    .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT)
                    .sync();
            return answer.get(TIME_LIMIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(request.toString(), e);
        } finally {
            if (socket != null) {
                ChannelFuture unused = socket.close();
            }
        }
    }

    private static Http3Headers headers(SpelledRequest request) {
        Http3Headers headers = new DefaultHttp3Headers(false);
        headers.method("GET").scheme("https").path(request.target());
        for (int i = 0; i < request.hosts().size(); i++) {
            headers.add(i == 0 ? ":authority" : "host", request.hosts().get(i));
        }
        for (String header : request.headers()) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.add(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, TIME_LIMIT, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class AnswerReader extends Http3RequestStreamInboundHandler {

        private final CompletableFuture<ApplicationAnswer> answer;
        private final StringBuilder body = new StringBuilder();
        private int status;

        AnswerReader(CompletableFuture<ApplicationAnswer> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
            status = Integer.parseInt(frame.headers().status().toString());
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
            body.append(frame.content().toString(StandardCharsets.ISO_8859_1));
            ReferenceCountUtil.release(frame);
        }

        @Override
        protected void channelInputClosed(ChannelHandlerContext context) {
            answer.complete(new ApplicationAnswer(
                    status, status == 200 ? Arrays.asList(body.toString().split("\n")) : List.of()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.complete(new ApplicationAnswer(0, List.of()));
        }
    }
}
