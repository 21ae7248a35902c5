package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.history.HostReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.testing.FakeHosts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class StoringSamplerTests {

    private static final HostId HOST = new HostId(1);

    private final FakeHosts hosts = FakeHosts.leadingTo("engine-1");
    private final List<Throwable> reported = new ArrayList<>();

    @Test
    void readingThatTheFullDiskRefusesIsAFailedOne() {
        var failure = failure("53100");

        assertThat(sampler(failure).sampleNow(HOST)).isInstanceOf(HostReading.Unreachable.class);

        assertThat(hosts.find(HOST).orElseThrow().reachability())
                .isInstanceOfSatisfying(
                        Reachability.Unreachable.class,
                        state -> assertThat(state.problem())
                                .isEqualTo(new HostProblem(
                                        HostProblem.Cause.NOT_STORED,
                                        "The host was read, but the result was not stored. The disk of the database"
                                                + " is full, so Cachewarden cannot save data."
                                                + " Free some disk space. Then repeat the request.")));
        assertThat(reported).containsExactly(failure);
    }

    @Test
    void databaseOutageLeavesReachabilityUnchanged() {
        var before = hosts.find(HOST).orElseThrow().reachability();
        var failure = failure("08006");

        assertThatThrownBy(() -> sampler(failure).sampleNow(HOST)).isSameAs(failure);

        assertThat(hosts.find(HOST).orElseThrow().reachability()).isEqualTo(before);
        assertThat(reported).containsExactly(failure);
    }

    private StoringSampler sampler(RuntimeException failure) {
        return new StoringSampler(
                host -> {
                    throw failure;
                },
                hosts,
                reported::add);
    }

    private static RuntimeException failure(String state) {
        return new DataAccessResourceFailureException("could not store", new SQLException("refused", state));
    }
}
