package dev.cachewarden.history.store;

/**
 * SQL for equal records: records with the same instruction, parents, and size. BuildKit may keep a result twice, as a mutable and as an
 * immutable record, and reports either id. If a record disappears while an equal record exists, its result is still available. This was
 * observed on engines 26.1 and 28.5, with a reading every five seconds during builds.
 */
final class AlikeSql {

    private AlikeSql() {}

    /**
     * Returns a condition: no record equal to a deleted one existed when it disappeared.
     *
     * @param gone alias of the row of the deleted record, with the columns of {@code cache_record}
     */
    public static String noneRemained(String gone) {
        return """
                not exists (
                    select from cache_record twin
                    where twin.builder_id = %1$s.builder_id and md5(twin.description) = md5(%1$s.description)
                        and twin.size_bytes = %1$s.size_bytes and twin.parents <> '{}' and twin.parents = %1$s.parents
                        and twin.description = %1$s.description and twin.record_id <> %1$s.record_id
                        and twin.first_seen_at <= %1$s.missing_since and (twin.missing_since is null or twin.missing_since > %1$s.missing_since))""".formatted(gone);
    }
}
