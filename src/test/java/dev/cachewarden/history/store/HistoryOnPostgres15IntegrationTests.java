package dev.cachewarden.history.store;

import dev.cachewarden.testing.PostgresContainer;
import dev.cachewarden.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The history on a PostgreSQL 15 outside Cachewarden, the oldest that Cachewarden knows. */
class HistoryOnPostgres15IntegrationTests {

    @RegisterExtension
    static final PostgresContainer postgres = PostgresContainer.of("postgres:15");

    @Nested
    class Readings extends ReadingStoreContract {
        @Override
        TestDatabase openDatabase() {
            return postgres.open();
        }
    }

    @Nested
    class Lists extends RecordListContract {
        @Override
        TestDatabase openDatabase() {
            return postgres.open();
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        TestDatabase openDatabase() {
            return postgres.open();
        }
    }

    @Nested
    class LeasesOfReplicas extends LeaseContract {
        @Override
        TestDatabase openDatabase() {
            return postgres.open();
        }
    }
}
