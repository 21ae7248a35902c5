package dev.cachewarden.run.execution;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Component;

/** An implementation that sleeps. */
@Component
final class RealPauses implements Pauses {

    @Override
    public void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The service is stopping");
        }
    }
}
