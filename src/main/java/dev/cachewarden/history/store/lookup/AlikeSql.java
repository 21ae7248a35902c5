package dev.cachewarden.history.store.lookup;

/**
 * Records that are alike: of the same instruction, parents and size. BuildKit may keep a result twice, writable and not, and tells of
 * either id; so what went while its like was there is still to be had (seen on engines 26.1 and 28.5, read each five seconds while they
 * built).
 */
public final class AlikeSql {

    private AlikeSql() {}

    /**
     * A condition: no record like a gone one remained when it went.
     *
     * @param gone name of the gone one's row, with the columns of {@code cache_record}
     */
    public static String noneRemained(String gone) {
        return """
                not exists (
                    select from cache_record twin
                    where twin.builder_id = %1$s.builder_id and md5(twin.description) = md5(%1$s.description)
                        and twin.size_bytes = %1$s.size_bytes and twin.parents <> '{}' and twin.parents = %1$s.parents
                        and twin.description = %1$s.description and twin.record_id <> %1$s.record_id
                        and twin.first_seen_at <= %1$s.gone_at and (twin.gone_at is null or twin.gone_at > %1$s.gone_at))""".formatted(gone);
    }
}
