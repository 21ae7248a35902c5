package dev.cachewarden.plan.preview;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import org.junit.jupiter.api.Test;

class PreviewWarmUpTests {

    private final PolicyPreviews previews = mock(PolicyPreviews.class, RETURNS_DEEP_STUBS);
    private final PreviewWarmUp warmUp = new PreviewWarmUp(previews, Runnable::run);

    @Test
    void previewsOnceAfterTheFirstSnapshots() {
        for (int i = 1; i < PreviewWarmUp.SNAPSHOTS; i++) {
            warmUp.count();
        }
        verify(previews, never()).of(any(), isNull());

        for (int i = 0; i < 2 * PreviewWarmUp.SNAPSHOTS; i++) {
            warmUp.count();
        }
        verify(previews, times(1)).of(any(), isNull());
    }
}
