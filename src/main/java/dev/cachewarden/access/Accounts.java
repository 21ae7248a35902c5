package dev.cachewarden.access;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.VisibleText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The user accounts. At least one account always has the role {@link Role#ADMIN}. */
@Component
public class Accounts {

    /** SQL expression of a hash that changes whenever the password or the role of the account changes. */
    static final String FINGERPRINT =
            "encode(sha256(convert_to(app_user.role || ' ' || app_user.password_hash, 'UTF8')), 'hex')";

    private static final int SHORTEST_PASSWORD = 12;
    // The maximum input of BCrypt, which ignores all further bytes.
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private static final String NOT_THE_LAST_ADMIN =
            "role <> 'ADMIN' or exists (select 1 from app_user other where other.role = 'ADMIN' and other.name <> ?)";

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final InstantSource clock;

    Accounts(JdbcClient jdbc, PasswordEncoder encoder, InstantSource clock) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** Returns all accounts in the order of their names. */
    public List<Account> all() {
        return jdbc.sql("select * from app_user order by name")
                .query(Accounts::account)
                .list();
    }

    public Optional<Account> find(String name) {
        return jdbc.sql("select * from app_user where name = ?")
                .param(name)
                .query(Accounts::account)
                .optional();
    }

    /**
     * Adds an account.
     *
     * @throws InvalidInputException about {@code name} or {@code password}
     */
    public void add(String name, Role role, String password) {
        var problems = new ArrayList<>(passwordProblems("password", password));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
            problems.addFirst(new FieldProblem(
                    "name",
                    "'" + name
                            + "' is not a valid name; use up to 64 letters, digits, dots, dashes, underscores, or @"));
        }
        refuse(problems);
        if (all().stream().anyMatch(other -> VisibleText.isSameName(other.name(), name))) {
            throw new InvalidInputException(
                    "name", "'" + name + "' is the name of another user; choose a different one");
        }
        try {
            jdbc.sql("insert into app_user (name, password_hash, role, created_at) values (?, ?, ?, ?)")
                    .params(name, encoder.encode(password), role.name(), Times.column(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new InvalidInputException(
                    "name", "'" + name + "' is the name of another user; choose a different one");
        }
    }

    /** Adds an administrator if there is no account yet. Returns false if there was one. */
    boolean addFirst(String name, String password) {
        return jdbc.sql("""
                        insert into app_user (name, password_hash, role, created_at)
                        select ?, ?, 'ADMIN', ? where not exists (select 1 from app_user)
                        on conflict do nothing
                        """)
                        .params(name, encoder.encode(password), Times.column(clock.instant()))
                        .update()
                == 1;
    }

    boolean nobody() {
        return jdbc.sql("select not exists (select 1 from app_user)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Changes the user's own password. Ends all sessions of the account except those that {@link LoginSessions#renew} keeps.
     *
     * @throws InvalidInputException about {@code current} or {@code password}
     */
    public void changePassword(String name, String current, String password) {
        if (!encoder.matches(current, hash(name))) {
            throw new InvalidInputException("current", "is not your current password");
        }
        refuse(passwordProblems("password", password));
        store(name, password);
    }

    /** Sets a new password for another user, for example after the user forgot the old one. Ends the sessions of that user. */
    public void resetPassword(String name, String password) {
        refuse(passwordProblems("password", password));
        store(name, password);
    }

    /** Changes the role of an account. Ends its sessions, because they would continue with the old role. */
    public void changeRole(String name, Role role) {
        int changed = jdbc.sql(
                        "update app_user set role = ? where name = ? and (? = 'ADMIN' or " + NOT_THE_LAST_ADMIN + ")")
                .params(role.name(), name, role.name(), name)
                .update();
        requireChange(changed, name);
    }

    /**
     * Removes an account, ends its sessions, and revokes its tokens permanently: a new account with the same name does not restore them.
     */
    public void remove(String name) {
        var now = Times.column(clock.instant());
        int removed = jdbc.sql("""
                        with removed as (delete from app_user where name = ? and (%s) returning name),
                        revoked as (update api_token set revoked_at = coalesce(revoked_at, ?)
                            where owner in (select name from removed))
                        select count(*) from removed
                        """.formatted(NOT_THE_LAST_ADMIN))
                .params(name, name, now)
                .query(Integer.class)
                .single();
        requireChange(removed, name);
    }

    /** Stores the current time as the last sign-in of an account. */
    public void seen(String name) {
        jdbc.sql("update app_user set last_seen_at = ? where name = ?")
                .params(Times.column(clock.instant()), name)
                .update();
    }

    /**
     * Returns the stored hash of an account's password, to verify a password.
     *
     * @throws NotFoundException if the account does not exist
     */
    public String hash(String name) {
        return jdbc.sql("select password_hash from app_user where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .orElseThrow(() -> noSuch(name));
    }

    private void store(String name, String password) {
        int changed = jdbc.sql("update app_user set password_hash = ? where name = ?")
                .params(encoder.encode(password), name)
                .update();
        if (changed == 0) {
            throw noSuch(name);
        }
    }

    private void requireChange(int rows, String name) {
        if (rows == 0 && find(name).isPresent()) {
            throw new ConflictException("'" + name
                    + "' is the last administrator. Nothing was changed. Make another user an administrator first.");
        }
        if (rows == 0) {
            throw noSuch(name);
        }
    }

    private static List<FieldProblem> passwordProblems(String field, String password) {
        if (password.length() < SHORTEST_PASSWORD) {
            return List.of(new FieldProblem(field, "must have at least " + SHORTEST_PASSWORD + " characters"));
        }
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES
                ? List.of(new FieldProblem(field, "must have at most " + LONGEST_PASSWORD_BYTES + " bytes"))
                : List.of();
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static NotFoundException noSuch(String name) {
        return new NotFoundException("There is no user '" + name + "'.");
    }

    static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Times.instant(row, "last_seen_at"));
    }
}
