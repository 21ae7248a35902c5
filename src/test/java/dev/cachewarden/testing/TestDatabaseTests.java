package dev.cachewarden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestDatabaseTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    @Test
    void isMigratedAndFarFromUtc() {
        assertThat(database.jdbc().queryForObject("select count(*) from host", Long.class))
                .isZero();
        assertThat(database.jdbc().queryForObject("show time zone", String.class))
                .isEqualTo("America/Los_Angeles");
    }

    @Test
    void clearTakesAllRowsAndCountsFromOneAgain() {
        for (int round = 0; round < 2; round++) {
            database.clear();
            database.jdbc().update("insert into lease values ('poll', 'me', now())");
            var id = database.jdbc().queryForObject("""
                            insert into app_user (name, password_hash, role, created_at)
                            values ('admin', '', 'ADMIN', now()) returning id
                            """, Long.class);
            assertThat(id).isEqualTo(1);
        }
    }
}
