package io.interlock.testsupport.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PortAllocatorTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void nothingAnswersAtAPortUntilAServerIsToldIt() throws IOException {
        int port = PortAllocator.next();

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);

        try (ServerSocket server = new ServerSocket(port)) {
            assertThat(server.getLocalPort()).isEqualTo(port);
            connect(port);
        }
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortCanBeBoundForUdp() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(LOOPBACK, PortAllocator.next()))) {
            assertThat(server.isBound()).isTrue();
        }
    }

    /** Tests that the port counts as used, so that the kernel does not give it to a process that asks for any port. */
    @Test
    void aPortIsUsedForThoseWhoDoNotShare() throws IOException {
        int port = PortAllocator.next();

        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(false);
            assertThatThrownBy(() -> other.bind(new InetSocketAddress(LOOPBACK, port)))
                    .isInstanceOf(BindException.class);
        }
    }

    private static void connect(int port) throws IOException {
        new Socket(LOOPBACK, port).close();
    }
}
