package dev.cachewarden.build.store;

import dev.cachewarden.build.steps.StepKind;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Query fragments for the steps of successful builds that hit the cache or ran to their end. */
public final class LookupSql {

    /**
     * The condition for the kinds of steps {@code s} that are looked up in the cache. It must match the index of misses literally,
     * otherwise PostgreSQL does not use that index.
     */
    private static final String KINDS = Arrays.stream(StepKind.values())
            .filter(StepKind::cacheable)
            .map(StepKind::name)
            .collect(Collectors.joining("', '", "s.kind in ('", "')"));

    /** The condition for steps {@code s} of builds {@code b} that were looked up in the cache. */
    public static final String COUNTED = KINDS + " and s.state in ('CACHED', 'DONE') and b.state = 'DONE'";

    /** The condition for those of them that missed the cache. */
    public static final String MISSED = KINDS + " and s.state = 'DONE' and b.state = 'DONE'";

    private LookupSql() {}

    /**
     * Returns a query for steps with the columns {@code identity}, {@code class}, {@code place}, {@code builds}, and {@code last_build}.
     * The column {@code builds} is the number of builds that looked up exactly the same steps of the class in the same place. The latest of
     * them is {@code last_build}. Only its steps are read, because a Dockerfile changes less often than it is built. A step can have
     * several rows, and the caller must add up their {@code builds}.
     *
     * @param place column of the build table that steps are grouped by
     * @param condition condition in the form of {@link FilterSql#condition}
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
