package dev.cachewarden.policy.store;

import dev.cachewarden.planner.Filter;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the pins of the fleet. */
@Repository
class PinRows {

    private final JdbcClient jdbc;

    PinRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<FleetPin> all() {
        return jdbc.sql("select * from prune_pin order by id")
                .query(PinRows::pin)
                .list();
    }

    int count() {
        return jdbc.sql("select count(*) from prune_pin").query(Integer.class).single();
    }

    /** Assigns a pin to a file. Returns whether the pin still exists. */
    boolean own(long id, String note, String file) {
        return jdbc.sql("update prune_pin set note = ?, config_file = ? where id = ?")
                        .params(note, file, id)
                        .update()
                > 0;
    }

    void release(long id) {
        jdbc.sql("update prune_pin set config_file = null where id = ?")
                .param(id)
                .update();
    }

    /**
     * Inserts a pin.
     *
     * @throws DuplicateKeyException if the filter is pinned already
     */
    FleetPin insert(FleetPin.Draft pin, String by, Instant now, @Nullable String file) {
        return jdbc.sql("""
                        insert into prune_pin (filter, note, created_by, created_at, config_file)
                        values (:filter, :note, :by, :now, :file) returning *""")
                .param("filter", pin.filter().toString())
                .param("note", pin.note())
                .param("by", by)
                .param("now", Columns.time(now))
                .param("file", file, Types.VARCHAR)
                .query(PinRows::pin)
                .single();
    }

    Optional<FleetPin> find(long id) {
        return jdbc.sql("select * from prune_pin where id = ?")
                .param(id)
                .query(PinRows::pin)
                .optional();
    }

    /** Deletes a pin that does not belong to a file. */
    Optional<FleetPin> delete(long id) {
        return jdbc.sql("delete from prune_pin where id = ? and config_file is null returning *")
                .param(id)
                .query(PinRows::pin)
                .optional();
    }

    private static FleetPin pin(ResultSet row, int number) throws SQLException {
        return new FleetPin(
                row.getLong("id"),
                Filter.parse(row.getString("filter")),
                row.getString("note"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                row.getString("config_file"));
    }
}
