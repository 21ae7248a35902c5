package dev.cachewarden.build.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.intake.UploadReading.End;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.log.ProgressReader;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of times before lines, and of what builds show on a terminal. */
class UploadReadingTests {

    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

    private static final String LOG = """
            #1 [internal] load build definition from Dockerfile
            #1 DONE 0.0s
            #2 [1/3] FROM docker.io/library/perl:5
            #2 DONE 0.3s
            #3 [2/3] WORKDIR /opt
            #3 CACHED
            #4 [3/3] RUN prove
            #4 DONE 41.0s
            """;

    private static final String VIEW = """
            [+] Building 33.2s (6/6) FINISHED                         docker:default
             => [internal] load build definition from Dockerfile               0.0s
             => [1/4] FROM docker.io/library/perl:5                            0.0s
             => CACHED [2/4] WORKDIR /opt                                      0.0s
             => CACHED [3/4] COPY cpanfile .                                   0.0s
             => [4/4] RUN cpanm --installdeps .                               30.9s
             => exporting to image                                             1.0s
             => => naming to docker.io/library/tool                            0.0s
            """;

    @Test
    void buildBeginsWithTheTimeBeforeItsFirstLine() {
        var build = read(
                LOG.replaceFirst("(?m)^", "2026-06-01T08:00:00.5Z ").replaceAll("(?m)^#", "2026-06-01T08:00:42Z #"));

        assertThat(build.startedAt()).isEqualTo("2026-06-01T08:00:00.500Z");
        assertThat(build.duration()).isEqualTo(Duration.ofMillis(41_500));
        assertThat(build.endedAt()).isEqualTo("2026-06-01T08:00:42Z");
    }

    @Test
    void metadataOfTheUploadTakesPrecedence() {
        var started = Instant.parse("2026-05-05T00:00:00Z");
        var build = read(LOG.replaceAll("(?m)^#", "2026-06-01T08:00:42Z #"), started, Duration.ofMinutes(3));

        assertThat(build.startedAt()).isEqualTo(started);
        assertThat(build.duration()).isEqualTo(Duration.ofMinutes(3));
    }

    /** Nobody knows when that was, but for how long it ran. */
    @Test
    void timesWithoutAZoneGiveOnlyTheDuration() {
        var build = read(
                LOG.replaceFirst("(?m)^", "[2026-06-01 08:00:00] ").replaceAll("(?m)^#", "[2026-06-01 08:00:30] #"));

        assertThat(build.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(build.startedAt()).isEqualTo(NOW.minusSeconds(30));
    }

    @Test
    void timesThatNoBuildCanHaveAreLeftOut() {
        assertThat(read(LOG.replaceAll("(?m)^#", "2031-01-01T00:00:00Z #")).startedAt())
                .isEqualTo(NOW);
        assertThat(read(LOG.replaceAll("(?m)^#", "1999-01-01T00:00:00Z #")).startedAt())
                .isEqualTo(NOW);
    }

    /** Two runs that print the same are two builds. */
    @Test
    void timestampsDistinguishIdenticalBuilds() {
        var one = read(LOG.replaceAll("(?m)^#", "2026-06-01T08:00:42Z #"));
        var same = read(LOG.replaceAll("(?m)^#", "2026-06-01T08:00:42Z #"));
        var other = read(LOG.replaceAll("(?m)^#", "2026-06-02T08:00:42Z #"));

        assertThat(one.contentHash()).isEqualTo(same.contentHash()).isNotEqualTo(other.contentHash());
    }

    @Test
    void finishedViewCountsItsHits() {
        var build = read(VIEW);

        assertThat(build.state()).isEqualTo(BuildState.DONE);
        assertThat(build.duration()).isEqualTo(Duration.ofMillis(33_200));
        assertThat(HitRate.ofBuild(build.steps(), false)).isEqualTo(new HitRate(2, 3));
        assertThat(build.gaps()).hasSize(1);
    }

    @Test
    void fragmentOfAFailedViewCountsItsHits() {
        var build = read("""
                => CACHED [2/5] WORKDIR /opt
                => CACHED [3/5] COPY cpanfile .
                => [4/5] RUN cpanm --installdeps .                               30.9s
                => ERROR [5/5] RUN prove                                          1.9s
                """);

        assertThat(build.state()).isEqualTo(BuildState.FAILED);
        assertThat(HitRate.ofBuild(build.steps(), true)).isEqualTo(new HitRate(2, 4));
    }

    @Test
    void viewThatDoesNotShowTheEndIsLost() {
        assertThat(read(VIEW.replace("(6/6) FINISHED", "(4/6)").replaceAll("(?m)^ => (=> )?(exporting|naming).*\n", ""))
                        .state())
                .isEqualTo(BuildState.LOST);
        assertThat(read("=> CACHED [2/4] WORKDIR /opt\n=> CACHED [3/4] COPY cpanfile .\n")
                        .state())
                .isEqualTo(BuildState.LOST);
    }

    private static NewBuild read(String log) {
        return read(log, null, null);
    }

    private static NewBuild read(String log, @Nullable Instant started, @Nullable Duration duration) {
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        byte[] bytes = log.getBytes(UTF_8);
        reader.feed(bytes, 0, bytes.length);
        var uploadedLog = new UploadedLog(null, null, null, null, null, null, null, false, started, duration);
        return new UploadReading(uploadedLog, project -> StepRules.standard())
                .ended(reader.finish().getFirst(), 0, End.WHOLE, null, NOW);
    }
}
