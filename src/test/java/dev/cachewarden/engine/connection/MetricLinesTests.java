package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricLinesTests {

    private final List<String> taken = new ArrayList<>();
    private final MetricLines lines = new MetricLines("node_", taken::add);

    @Test
    void takeThoseThatBeginWithThePrefix() throws IOException {
        assertThat(lines.read(of("go_x 1\nnode_a 1\n\nnode\n# node_b 1\nnode_ü 2"), 1_000))
                .isTrue();

        assertThat(taken).containsExactly("node_a 1", "node_ü 2");
    }

    @Test
    void skipsLinesThatAreTooLong() throws IOException {
        String tooLong = "node_a{x=\"" + "y".repeat(40_000) + "\"} 1";

        assertThat(lines.read(of(tooLong + "\nnode_b 1\n" + tooLong), 1_000_000))
                .isTrue();

        assertThat(taken).containsExactly("node_b 1");
    }

    @Test
    void linesAreWholeHoweverTheyArrive() throws IOException {
        var dripping = new InputStream() {
            private final InputStream all = of("node_a 1\nnode_b 2\n");

            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return all.read(buffer, offset, 1);
            }
        };

        assertThat(lines.read(dripping, 1_000)).isTrue();

        assertThat(taken).containsExactly("node_a 1", "node_b 2");
    }

    @Test
    void stopAtTheLimit() throws IOException {
        assertThat(lines.read(of("node_a 1\nnode_b 2\n"), 17)).isFalse();
        assertThat(lines.read(of("node_a 1\nnode_b 2\n"), 18)).isTrue();
    }

    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
