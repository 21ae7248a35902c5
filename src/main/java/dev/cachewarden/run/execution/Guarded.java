package dev.cachewarden.run.execution;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of a loop that logs its failure and lets the loop continue. Only this class of the prune packages catches every exception. It logs
 * repeated failures only once, for example while the database is unavailable.
 */
public final class Guarded implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Guarded.class);

    private final String what;
    private final Runnable step;
    private volatile boolean failing;

    private Guarded(String what, Runnable step) {
        this.what = what;
        this.step = step;
    }

    public static Runnable step(String what, Runnable step) {
        return new Guarded(what, step);
    }

    @Override
    public void run() {
        try {
            step.run();
            if (failing) {
                log.info("{} works again", what);
            }
            failing = false;
        } catch (ActiveRun.LostException e) {
            log.warn("{}: {}", what, e.getMessage());
        } catch (RuntimeException e) {
            if (failing) {
                log.debug("{} failed again", what, e);
            } else {
                log.error("{} failed; this or another replica will retry", what, e);
            }
            failing = true;
        }
    }
}
