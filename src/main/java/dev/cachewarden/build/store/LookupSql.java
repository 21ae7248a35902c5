package dev.cachewarden.build.store;

import dev.cachewarden.build.step.StepKind;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Steps of builds that ended well which the cache had or which ran to their end, as parts of queries. */
public final class LookupSql {

    /** Kinds of steps {@code s} that are looked up. Written as the index of misses has it, or it is not used. */
    private static final String KINDS = Arrays.stream(StepKind.values())
            .filter(StepKind::cacheable)
            .map(StepKind::name)
            .collect(Collectors.joining("', '", "s.kind in ('", "')"));

    /** True for steps {@code s} of builds {@code b} that were looked up. */
    public static final String COUNTED = KINDS + " and s.state in ('CACHED', 'DONE') and b.state = 'DONE'";

    /** True for those of them that the cache did not have. */
    public static final String MISSED = KINDS + " and s.state = 'DONE' and b.state = 'DONE'";

    private LookupSql() {}

    /**
     * Selects the steps with {@code identity}, {@code class}, the {@code place} they are told apart by, how many {@code builds} looked up just
     * the same steps of the class there, and the {@code last_build} of these: it alone is read, as a Dockerfile changes less often than it
     * is built. Builds of a step are to be added up.
     *
     * @param place a column of the build
     * @param condition as {@link FilterSql#condition}
     */
    public static String steps(String place, String condition) {
        return """
                select s.identity, alike.class, alike.place, alike.builds, alike.last_build
                from (select s.class, s.looked_up, b.%1$s place, count(*) builds, max(b.id) last_build
                        from build b join build_class_sums s on s.build_id = b.id where b.state = 'DONE' and %2$s
                        group by s.class, s.looked_up, b.%1$s) alike
                    cross join lateral (select s.identity from build_step s where s.build_id = alike.last_build and s.class = alike.class
                        and %3$s and s.state in ('CACHED', 'DONE') offset 0) s""".formatted(place, condition, KINDS);
    }
}
