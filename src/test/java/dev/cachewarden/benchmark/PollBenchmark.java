package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A poll of a real engine holding 5,000 records that did not change, against curl of the same answer and docker buildx du. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PollBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int RECORDS = 5_000;
    private static final int WARM_UP = 100;
    private static final int COUNTED = 40;

    private final BenchmarkEngine engine = new BenchmarkEngine();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Autowired
    private HostRegistry registry;

    @Autowired
    private HostSampler sampler;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
        // The engine remembers builds of other tests. Reading them takes as long as the polls.
        registry.add("cachewarden.build.following", () -> "false");
    }

    @Test
    void unchangedCacheOf5000Records() {
        engine.empty();
        engine.fill(RECORDS);
        var host = registry.register(new HostDraft(engine.connection(), Map.of(), Duration.ofMinutes(1), true))
                .id();
        for (int i = 0; i < WARM_UP; i++) {
            poll(host);
        }

        var ours = new ArrayList<Duration>();
        var curl = new ArrayList<Duration>();
        long cpuBefore = machine.getProcessCpuTime();
        for (int i = 0; i < COUNTED; i++) {
            ours.add(poll(host));
        }
        double ourCpu = (machine.getProcessCpuTime() - cpuBefore) / 1e6 / COUNTED;
        for (int i = 0; i < COUNTED; i++) {
            curl.add(curl());
            ours.add(poll(host));
        }
        var du = new ArrayList<Duration>();
        for (int i = 0; i < 5; i++) {
            du.add(engine.docker("buildx", "du").cpu());
        }

        Figures.print(
                "poll of %d unchanged records, request to stored: %.1f ms, curl of the same answer %.1f ms, ratio %.2f (aim: at most 1.5)",
                RECORDS,
                Figures.medianMillis(ours),
                Figures.medianMillis(curl),
                Figures.medianMillis(ours) / Figures.medianMillis(curl));
        Figures.print(
                "CPU a poll: %.1f ms, docker buildx du %.1f ms, ratio %.2f (aim: at most 0.2)",
                ourCpu, Figures.medianMillis(du), ourCpu / Figures.medianMillis(du));
    }

    private Duration poll(HostId host) {
        long start = System.nanoTime();
        var reading = sampler.sampleNow(host);
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(reading)
                .isInstanceOfSatisfying(
                        HostReading.Read.class,
                        read -> assertThat(read.snapshot().records()).hasSizeGreaterThanOrEqualTo(RECORDS));
        return took;
    }

    /** As curl itself counts, without the start of its process. */
    private Duration curl() {
        var socket = ((HostAddress.UnixSocket) engine.connection().address()).path();
        var cost = BenchmarkEngine.measure(List.of(
                "curl",
                "--silent",
                "--fail",
                "--output",
                "/dev/null",
                "--write-out",
                "%{time_total}",
                "--unix-socket",
                socket.toString(),
                "http://engine/v1.51/system/df?type=build-cache"));
        return Duration.ofNanos(Math.round(Double.parseDouble(cost.output()) * 1e9));
    }
}
