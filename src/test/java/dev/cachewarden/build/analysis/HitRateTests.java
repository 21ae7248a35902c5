package dev.cachewarden.build.analysis;

import static dev.cachewarden.build.steps.TestBuild.CONTEXT;
import static dev.cachewarden.build.steps.TestBuild.aBuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.build.steps.TestBuild;
import org.junit.jupiter.api.Test;

class HitRateTests {

    private static final String FROM = "[1/6] FROM docker.io/library/node:22";
    private static final String DIR = "[2/6] WORKDIR /app";
    private static final String MANIFEST = "[3/6] COPY package.json ./";
    private static final String INSTALL = "[4/6] RUN npm ci";
    private static final String CODE = "[5/6] COPY . .";
    private static final String BUILD = "[6/6] RUN npm run build";

    private static TestBuild toTheCode() {
        return aBuild().begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .cached(DIR, FROM)
                .cached(MANIFEST, DIR, CONTEXT)
                .cached(INSTALL, MANIFEST)
                .ran(CODE, 100, INSTALL, CONTEXT);
    }

    @Test
    void countsInstructionsOnly() {
        var steps = toTheCode()
                .ran(BUILD, 8_000, CODE)
                .ran("exporting to image", 200)
                .steps();
        assertThat(HitRate.ofBuild(steps, false)).isEqualTo(new HitRate(3, 5));
    }

    @Test
    void countsInAFailedBuildWhatRunsDependedOn() {
        var steps = toTheCode()
                .failed(BUILD, 500, CODE)
                .cached("[other 1/2] RUN apk add git", FROM)
                .cached("[other 2/2] RUN git clone x", "[other 1/2] RUN apk add git")
                .steps();
        assertThat(HitRate.ofBuild(steps, true)).isEqualTo(new HitRate(3, 5));
        assertThat(HitRate.ofBuild(steps, false)).isEqualTo(new HitRate(5, 7));
    }

    @Test
    void leavesOutWhatWasCancelledOrNeverBegan() {
        var steps = toTheCode()
                .cancelled("[other 1/2] RUN sleep 100", 500, FROM)
                .failed(BUILD, 10, CODE)
                .waiting("[last 1/1] RUN true", BUILD)
                .steps();
        assertThat(HitRate.ofBuild(steps, true)).isEqualTo(new HitRate(3, 5));
    }

    @Test
    void countsAllWhenOnlyTheExportFailed() {
        var steps = aBuild().begins("a")
                .ran(FROM, 1)
                .cached(DIR, FROM)
                .cached(INSTALL, DIR)
                .failed("exporting to image", 10)
                .steps();
        assertThat(HitRate.ofBuild(steps, true)).isEqualTo(new HitRate(2, 2));
    }

    @Test
    void hasNoShareWithoutLookups() {
        assertThat(HitRate.NONE.share()).isEmpty();
        assertThat(new HitRate(3, 4).plus(new HitRate(0, 2)).share()).hasValue(0.5);
    }

    @Test
    void refusesMoreHitsThanLookups() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HitRate(2, 1))
                .withMessage("There cannot be 2 hits of 1 lookups");
    }
}
