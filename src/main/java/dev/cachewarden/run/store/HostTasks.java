package dev.cachewarden.run.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** An executor of the same task for many hosts, with limited concurrency. A slow host does not block the others. */
@Component
class HostTasks {

    /** The concurrency limit. Each task holds a whole snapshot in memory. */
    private static final int AT_ONCE = 16;

    private final Executor executor;

    HostTasks(@Qualifier("pruneExecutor") Executor executor) {
        this.executor = executor;
    }

    /** Runs the task for each input, and returns the results in the order of the inputs. */
    <T, R> List<R> forEach(List<T> inputs, Function<T, R> task) {
        var permits = new Semaphore(AT_ONCE);
        var results = new ArrayList<CompletableFuture<R>>();
        for (var input : inputs) {
            permits.acquireUninterruptibly();
            results.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return task.apply(input);
                        } finally {
                            permits.release();
                        }
                    },
                    executor));
        }
        return results.stream().map(CompletableFuture::join).toList();
    }
}
