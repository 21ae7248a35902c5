package dev.cachewarden.build.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Compares builds once more whose steps were classed anew, the latest first, one after the other. What is to be done stands with the builds, so
 * that several replicas share it and none is lost with one of them.
 */
@Component
class LateJudging implements SmartLifecycle {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LateJudging.class);

    private final BuildJudge judge;
    private volatile @Nullable Thread loop;

    LateJudging(BuildJudge judge) {
        this.judge = judge;
    }

    @Override
    public void start() {
        var started = Thread.ofVirtual().name("late-judging").unstarted(this::repeat);
        loop = started;
        started.start();
    }

    private void repeat() {
        try {
            while (loop == Thread.currentThread()) {
                Thread.sleep(judgeAll());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns after which pause to look again. */
    private Duration judgeAll() {
        int judged = 0;
        try {
            while (loop == Thread.currentThread() && judge.judgeAgain()) {
                judged++;
            }
            return LOOK_EVERY;
        } catch (RuntimeException e) {
            LOG.warn("Comparing a build again whose steps were classed anew failed; it is tried again", e);
            return AGAIN_AFTER_FAILURE;
        } finally {
            if (judged > 0) {
                LOG.info("Compared {} builds again, as their steps are classed otherwise now", judged);
            }
        }
    }

    @Override
    public void stop() {
        var stopped = loop;
        loop = null;
        if (stopped != null) {
            stopped.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
