package dev.cachewarden.build.analysis;

import static dev.cachewarden.build.steps.TestBuild.aBuild;
import static dev.cachewarden.build.steps.TestBuild.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavedTests {

    private static final String FROM = "[1/4] FROM a";
    private static final String APT = "[2/4] RUN apt-get install -y gcc";
    private static final String PIP = "[3/4] RUN pip install flask";
    private static final String CODE = "[4/4] COPY . .";

    @Test
    void isTheMedianOfTheLastFiveRunsOfWhatTheCacheHad() {
        var steps = aBuild().ran(FROM, 1)
                .cached(APT, FROM)
                .cached(PIP, APT)
                .ran(CODE, 500, PIP)
                .steps();
        var costs = Map.of(
                step(steps, "gcc").identity(), seconds(60, 30, 50, 40, 1_000, 9_999),
                step(steps, "flask").identity(), seconds(10, 20),
                step(steps, ". .").identity(), seconds(5));

        assertThat(Saved.of(steps, false, identity -> costs.getOrDefault(identity, List.of())))
                .isEqualTo(new Saved(Duration.ofSeconds(50 + 15), 2, 0));
    }

    @Test
    void countsStepsWithoutAKnownDuration() {
        var steps = aBuild().ran(FROM, 1).cached(APT, FROM).cached(PIP, APT).steps();
        var saved = Saved.of(
                steps, false, identity -> identity.equals(step(steps, "gcc").identity()) ? seconds(9) : List.of());
        assertThat(saved).isEqualTo(new Saved(Duration.ofSeconds(9), 1, 1));
        assertThat(saved.plus(saved)).isEqualTo(new Saved(Duration.ofSeconds(18), 2, 2));
    }

    @Test
    void failedBuildCountsOnlyCachedStepsThatItUsed() {
        var steps = aBuild().ran(FROM, 1)
                .cached(APT, FROM)
                .failed(CODE, 9, APT)
                .cached(PIP, FROM)
                .steps();
        assertThat(Saved.of(steps, true, identity -> seconds(10))).isEqualTo(new Saved(Duration.ofSeconds(10), 1, 0));
    }

    private static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
