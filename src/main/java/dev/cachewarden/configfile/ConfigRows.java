package dev.cachewarden.configfile;

import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of past applications, and the lock for applying a file. */
@Repository
class ConfigRows {

    /** "cachewar" in ASCII: advisory locks are numbers that all users of a database share. */
    private static final long LOCK = 0x63616368_65776172L;

    private final JdbcClient jdbc;

    ConfigRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one replica at a time apply a file. The lock is held until the transaction ends. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(?)")
                .param(LOCK)
                .query((row, number) -> "locked")
                .single();
    }

    void add(ConfigApplication application) {
        jdbc.sql("""
                        insert into config_application (applied_at, applied_by, file, hash, changes)
                        values (?, ?, ?, ?, cast(? as jsonb))""")
                .param(Columns.time(application.at()))
                .params(application.by(), application.file(), application.hash())
                .param(Columns.json(application.changes()))
                .update();
    }

    /** Returns the latest applications, newest first. */
    List<ConfigApplication> latest(int limit) {
        return jdbc.sql("select * from config_application order by id desc limit ?")
                .param(limit)
                .query(ConfigRows::application)
                .list();
    }

    void deleteOlderThan(Instant before) {
        jdbc.sql("delete from config_application where applied_at < ?")
                .param(Columns.time(before))
                .update();
    }

    private static ConfigApplication application(ResultSet row, int number) throws SQLException {
        return new ConfigApplication(
                Columns.instant(row, "applied_at"),
                row.getString("applied_by"),
                row.getString("file"),
                row.getString("hash"),
                List.of(Columns.fromJson(row.getString("changes"), ConfigChange[].class)));
    }
}
