package dev.cachewarden.history.store;

import dev.cachewarden.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

/** The history on the PostgreSQL that Cachewarden brings along. */
class HistoryOnEmbeddedPostgresTests {

    @Nested
    class Readings extends ReadingStoreContract {
        @Override
        TestDatabase openDatabase() {
            return TestDatabase.create();
        }
    }

    @Nested
    class Lists extends RecordListContract {
        @Override
        TestDatabase openDatabase() {
            return TestDatabase.create();
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        TestDatabase openDatabase() {
            return TestDatabase.create();
        }
    }

    @Nested
    class LeasesOfReplicas extends LeaseContract {
        @Override
        TestDatabase openDatabase() {
            return TestDatabase.create();
        }
    }
}
