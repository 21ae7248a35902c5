package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.intake.UploadIntake.Taken;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.testing.FedBody;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A replica with a log that a test sends part by part. */
abstract class StreamedUploadStage {

    /** The database of all classes with this stage, so it stays open. */
    static final TestDatabase database = TestDatabase.create();

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    static final byte[] FIRST = log("28.5/first.plain");

    final StoredBuilds builds = BuildStoreParts.builds(database);

    final SettableClock clock = new SettableClock(NOW.toString());

    final UploadParts replica = UploadParts.of(database, clock);

    final FedBody body = new FedBody();

    @BeforeEach
    void clear() {
        database.clear();
    }

    void publishDue(Duration later) {
        clock.pass(later);
        replica.open().publishDue(clock.instant());
    }

    CompletableFuture<List<Taken>> send(UploadParts to, UploadedLog uploadedLog) throws InterruptedException {
        return send(to, uploadedLog, body);
    }

    static CompletableFuture<List<Taken>> send(UploadParts to, UploadedLog uploadedLog, FedBody log)
            throws InterruptedException {
        var taken = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return to.intake().take(uploadedLog, "ci", log);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
        log.awaitReader();
        return taken;
    }

    BuildView only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    List<BuildView> all() {
        return builds.list(BuildFilter.ALL, null, 9).items();
    }

    static UploadedLog metadata(@Nullable Instant startedAt) {
        return new UploadedLog("app", null, null, null, null, null, null, false, startedAt, null);
    }

    static byte[] log(String name) {
        try (var file = StreamedUploadStage.class.getResourceAsStream("/dev/cachewarden/progress/log/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
