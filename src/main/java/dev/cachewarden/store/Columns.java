package dev.cachewarden.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes single columns. */
public final class Columns {

    /**
     * The format of JSON columns. It must stay readable in later versions, so it does not follow the settings of the REST API. It leaves out
     * null, and ignores fields that later versions add.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Columns() {}

    /** Returns a value as JSON for a column. */
    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Reads a value from the JSON of a column. */
    public static <T> T fromJson(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }

    public static <T> T fromJson(String json, TypeReference<T> type) {
        return JSON.readValue(json, type);
    }

    /** Returns a time in the type that the driver accepts. */
    public static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    /** Returns a time as the database stores it, in microseconds. */
    public static Instant rounded(Instant instant) {
        return instant.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns an external text in the form that PostgreSQL accepts: U+FFFD replaces NUL. */
    public static String text(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    public static @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    public static @Nullable Long bytesOrNull(@Nullable ByteSize size) {
        return size == null ? null : size.bytes();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Reads a time from a column that is not null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, column), column);
    }

    public static @Nullable ByteSize sizeOrNull(ResultSet row, String column) throws SQLException {
        var bytes = row.getObject(column, Long.class);
        return bytes == null ? null : new ByteSize(bytes);
    }

    public static ByteSize size(ResultSet row, String column) throws SQLException {
        return new ByteSize(row.getLong(column));
    }

    public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }

    public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    public static Amount amount(ResultSet row, String countColumn, String bytesColumn) throws SQLException {
        return new Amount(row.getLong(countColumn), size(row, bytesColumn));
    }
}
