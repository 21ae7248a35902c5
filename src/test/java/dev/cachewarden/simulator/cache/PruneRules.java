package dev.cachewarden.simulator.cache;

/**
 * Where generations of BuildKit differ in pruning.
 *
 * @param batch records a pass takes when there is no limit; 0: all that are free to go
 * @param filtersDescription whether a filter on the description is understood (0.14 and newer)
 * @param freeSpaceAloneIsSafe whether a free-space target that is met already keeps everything, not nothing (0.21 and newer)
 */
public record PruneRules(int batch, boolean filtersDescription, boolean freeSpaceAloneIsSafe) {

    public static final PruneRules NEWEST = new PruneRules(10, true, true);
}
