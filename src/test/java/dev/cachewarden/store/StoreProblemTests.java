package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;

class StoreProblemTests {

    @ParameterizedTest
    @CsvSource({
        "connection refused, 08001, AWAY",
        "broken connection, 08006, AWAY",
        "server stops, 57P01, AWAY",
        "server crashed, 57P02, AWAY",
        "server starts, 57P03, AWAY",
        "disk full, 53100, FULL",
        "out of memory, 53200, BUSY",
        "too many connections, 53300, BUSY",
        "standby, 25006, READ_ONLY",
        "could not extend file: No space left on device, 58030, FULL",
        "could not read block: Input/output error, 58030, ",
        "duplicate key, 23505, ",
        "deadlock, 40P01, ",
    })
    void derivesFromTheSqlState(String message, String state, @Nullable StoreProblem expected) {
        var failure = new DataAccessResourceFailureException(
                "outside", new IllegalStateException(new SQLException(message, state)));

        assertThat(StoreProblem.of(failure).orElse(null)).isEqualTo(expected);
    }

    @Test
    void poolWithoutAConnectionIsBusy() {
        assertThat(StoreProblem.of(new SQLTransientConnectionException("timed out")))
                .contains(StoreProblem.BUSY);
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(StoreProblem.of(new IllegalStateException("bug"))).isEmpty();
    }

    @Test
    void causesThatGoInCirclesEnd() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(StoreProblem.of(first)).isEmpty();
    }
}
