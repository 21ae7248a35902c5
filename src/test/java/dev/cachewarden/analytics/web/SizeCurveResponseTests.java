package dev.cachewarden.analytics.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.analytics.SizeReading;
import dev.cachewarden.analytics.Traces;
import dev.cachewarden.analytics.web.SizeCurveController.LimitResponse;
import dev.cachewarden.analytics.web.SizeCurveController.PointResponse;
import dev.cachewarden.analytics.web.SizeCurveController.SizeCurveResponse;
import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeCurveResponseTests {

    private static final ByteSize SIZE = ByteSize.parse("20GiB");
    private static final CacheLimit OF_POLICY = new CacheLimit(
            new CacheLimit.Policy(3, "nightly", 4), "keeps at most 20.0 GiB", SIZE, "it is in report mode");
    private static final CacheLimit OWN = new CacheLimit(null, "deletes all records", null, null);

    @Test
    void limitsStandOnTheCurve() {
        var trace = Traces.projects(1, 5, 10);
        var read = (SizeReading.Read)
                SizeReading.of(trace, trace.stream().map(RecordUse::at).toList());

        var response = SizeCurveResponse.of(read, 7L, List.of(OF_POLICY, OWN));

        assertThat(response.presentBytes()).isEqualTo(7);
        assertThat(response.limits())
                .containsExactly(
                        new LimitResponse(
                                3L,
                                "nightly",
                                4,
                                "keeps at most 20.0 GiB",
                                SIZE.bytes(),
                                "it is in report mode",
                                PointResponse.of(read.curve().at(SIZE))),
                        new LimitResponse(null, null, null, "deletes all records", null, null, null));
    }

    @Test
    void containsTheLimitsWithoutACurve() {
        var response = SizeCurveResponse.of(new SizeReading.InsufficientData("Why."), null, List.of(OF_POLICY));

        assertThat(response.insufficientData()).isEqualTo("Why.");
        assertThat(response.points()).isEmpty();
        assertThat(response.limits())
                .extracting(LimitResponse::sizeBytes, LimitResponse::point)
                .containsExactly(tuple(SIZE.bytes(), null));
    }
}
