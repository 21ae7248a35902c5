package dev.cachewarden.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HeldPortTests {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void refusesConnections() {
        try (var port = HeldPort.take()) {
            assertThatThrownBy(() -> new Socket(LOOPBACK, port.number())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void serverCanListenThereAgainAndAgain() throws IOException {
        try (var port = HeldPort.take()) {
            for (int i = 0; i < 3; i++) {
                try (var server = new ServerSocket()) {
                    server.setReuseAddress(true);
                    server.bind(port.address());
                    try (var client = new Socket(LOOPBACK, port.number())) {
                        assertThat(client.isConnected()).isTrue();
                    }
                }
                assertThatThrownBy(() -> new Socket(LOOPBACK, port.number())).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void isNotAssignedTwice() throws IOException {
        try (var port = HeldPort.take();
                var other = new ServerSocket()) {
            other.setReuseAddress(false);
            assertThatThrownBy(() -> other.bind(port.address())).isInstanceOf(BindException.class);
        }
    }
}
