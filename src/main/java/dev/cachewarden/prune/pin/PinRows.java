package dev.cachewarden.prune.pin;

import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.store.column.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** @throws DuplicateKeyException if the filter is pinned already */
    FleetPin insert(Filter filter, String note, String by, Instant now) {
        return jdbc.sql("insert into prune_pin (filter, note, created_by, created_at) values (?, ?, ?, ?) returning *")
                .params(filter.toString(), note, by, Columns.time(now))
                .query(PinRows::pin)
                .single();
    }

    Optional<FleetPin> delete(long id) {
        return jdbc.sql("delete from prune_pin where id = ? returning *")
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
                Columns.instant(row, "created_at"));
    }
}
