package dev.cachewarden.access;

import dev.cachewarden.store.Columns;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sessions of browsers in the database: they survive a restart and are valid on every replica. Only a sign-in creates one, so clients
 * without an account cannot fill the database. A session ends when it is idle or too old, and when the account's password or role changes.
 */
@Component
public class LoginSessions {

    /** Request attribute with the secret of the session of a request. */
    public static final String SECRET = "cachewarden.session";

    /** SQL expression of a hash that changes whenever the password or the role of the account changes. */
    private static final String FINGERPRINT =
            "encode(sha256(convert_to(app_user.role || ' ' || app_user.password_hash, 'UTF8')), 'hex')";

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);
    private static final Duration KEEP_DEVICES = Duration.ofDays(90);
    private static final int MOST_PER_ACCOUNT = 50;
    private static final int SECRET_LENGTH = 43;

    private final JdbcClient jdbc;
    private final AccessSettings settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    LoginSessions(JdbcClient jdbc, AccessSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Starts a session of an account and returns its secret. Deletes expired sessions, and the oldest ones if the account has too many. */
    @Transactional
    public String begin(String account) {
        var now = clock.instant();
        jdbc.sql("delete from login_session where last_used_at <= ? or created_at <= ?")
                .param(Columns.time(now.minus(settings.sessionIdle())))
                .param(Columns.time(now.minus(settings.sessionLife())))
                .update();
        String secret = TokenSecret.random(random, SECRET_LENGTH);
        jdbc.sql("""
                        insert into login_session (secret_hash, user_name, fingerprint, created_at, last_used_at)
                        select ?, name, %s, ?, ? from app_user where name = ?
                        """.formatted(FINGERPRINT))
                .params(TokenSecret.hash(secret), Columns.time(now), Columns.time(now), account)
                .update();
        keepNewest("login_session", "created_at", account);
        return secret;
    }

    /** Returns the account of a session, or empty if the session is not valid. Stores the time of use. */
    public Optional<Account> use(String secret) {
        return find(secret, true);
    }

    /** Returns the same account without storing a use: an open page alone does not keep a session alive. */
    public Optional<Account> find(String secret) {
        return find(secret, false);
    }

    private Optional<Account> find(String secret, boolean use) {
        var now = clock.instant();
        return jdbc.sql("""
                        select app_user.*, session.last_used_at <= ? as stale
                        from login_session session join app_user on app_user.name = session.user_name
                        where session.secret_hash = ? and session.last_used_at > ? and session.created_at > ?
                        and session.fingerprint = %s
                        """.formatted(FINGERPRINT))
                .param(Columns.time(now.minus(USE_RESOLUTION)))
                .param(TokenSecret.hash(secret))
                .param(Columns.time(now.minus(settings.sessionIdle())))
                .param(Columns.time(now.minus(settings.sessionLife())))
                .query((row, number) -> {
                    if (use && row.getBoolean("stale")) {
                        noteUse(secret);
                    }
                    return account(row);
                })
                .optional();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "last_seen_at"));
    }

    /** Keeps a session after its user changed the password of the account in it. */
    public void renew(String secret) {
        jdbc.sql("""
                        update login_session set fingerprint = (select %s from app_user where name = user_name)
                        where secret_hash = ?
                        """.formatted(FINGERPRINT)).param(TokenSecret.hash(secret)).update();
    }

    /** Ends a session, if it exists. */
    public void end(String secret) {
        jdbc.sql("delete from login_session where secret_hash = ?")
                .param(TokenSecret.hash(secret))
                .update();
    }

    /** Stores that an account signed in with a browser, and returns the secret that identifies this browser at the next sign-in. */
    @Transactional
    public String remember(String account) {
        var now = clock.instant();
        jdbc.sql("delete from login_device where last_used_at <= ?")
                .param(Columns.time(now.minus(KEEP_DEVICES)))
                .update();
        String secret = TokenSecret.random(random, SECRET_LENGTH);
        jdbc.sql("insert into login_device (secret_hash, user_name, last_used_at) values (?, ?, ?)")
                .params(TokenSecret.hash(secret), account, Columns.time(now))
                .update();
        keepNewest("login_device", "last_used_at", account);
        return secret;
    }

    /** Returns whether an account signed in before with the browser that has this secret. */
    public boolean remembers(String account, String secret) {
        return jdbc.sql("""
                        select exists (select 1 from login_device
                        where secret_hash = ? and user_name = ? and last_used_at > ?)
                        """)
                .params(
                        TokenSecret.hash(secret),
                        account,
                        Columns.time(clock.instant().minus(KEEP_DEVICES)))
                .query(Boolean.class)
                .single();
    }

    private void noteUse(String secret) {
        jdbc.sql("update login_session set last_used_at = ? where secret_hash = ?")
                .params(Columns.time(clock.instant()), TokenSecret.hash(secret))
                .update();
    }

    private void keepNewest(String table, String time, String account) {
        jdbc.sql("""
                        delete from %1$s where secret_hash in (
                        select secret_hash from %1$s where user_name = ? order by %2$s desc offset ?)
                        """.formatted(table, time)).params(account, MOST_PER_ACCOUNT).update();
    }
}
