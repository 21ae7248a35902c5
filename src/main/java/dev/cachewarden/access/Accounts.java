package dev.cachewarden.access;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.store.UniqueViolation;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The user accounts. At least one account always has the role {@link Role#ADMIN}. */
@Component
public class Accounts {

    private static final int SHORTEST_PASSWORD = 12;
    // The maximum input of BCrypt, which ignores all further bytes.
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final SavedAccounts accounts;
    private final SavedTokens tokens;
    private final TransactionTemplate transactions;
    private final PasswordEncoder encoder;
    private final InstantSource clock;

    Accounts(
            SavedAccounts accounts,
            SavedTokens tokens,
            TransactionTemplate transactions,
            PasswordEncoder encoder,
            InstantSource clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.transactions = transactions;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** Returns all accounts in the order of their names. */
    public List<Account> all() {
        return accounts.inOrderOfName().stream().map(SavedAccount::account).toList();
    }

    public Optional<Account> find(String name) {
        return accounts.findByName(name).map(SavedAccount::account);
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
        try {
            accounts.saveAndFlush(new SavedAccount(name, role, encoder.encode(password), clock.instant()));
        } catch (DataIntegrityViolationException e) {
            // The database compares names without case.
            throw UniqueViolation.isCauseOf(e)
                    ? new InvalidInputException(
                            "name", "'" + name + "' is the name of another user; choose a different one")
                    : e;
        }
    }

    /** Adds an administrator if there is no account yet. Returns false if there was one. */
    boolean addFirst(String name, String password) {
        return accounts.addFirst(name, encoder.encode(password), clock.instant()) == 1;
    }

    boolean hasNoUsers() {
        return accounts.count() == 0;
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
        changeWithAdmins(name, role != Role.ADMIN, account -> account.changeRole(role));
    }

    /**
     * Removes an account, ends its sessions, and revokes its tokens permanently: a new account with the same name does not restore them.
     */
    public void remove(String name) {
        changeWithAdmins(name, true, account -> {
            accounts.delete(account);
            tokens.revokeAllOf(name, clock.instant());
        });
    }

    /**
     * Changes an account while all administrators are locked.
     *
     * @param loses whether an administrator loses this role
     */
    private void changeWithAdmins(String name, boolean loses, Consumer<SavedAccount> change) {
        transactions.executeWithoutResult(transaction -> {
            var locked = accounts.findToChangeWithAdmins(name);
            var account = locked.stream()
                    .filter(other -> other.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> noSuch(name));
            if (loses && account.isAdmin() && locked.size() == 1) {
                throw new ConflictException(
                        "'" + name
                                + "' is the last administrator. Nothing was changed. Make another user an administrator first.");
            }
            change.accept(account);
        });
    }

    /** Stores the current time as the last sign-in of an account. */
    public void seen(String name) {
        accounts.recordSignIn(name, clock.instant());
    }

    /**
     * Returns the stored hash of an account's password, to verify a password.
     *
     * @throws NotFoundException if the account does not exist
     */
    public String hash(String name) {
        return accounts.findByName(name).map(SavedAccount::passwordHash).orElseThrow(() -> noSuch(name));
    }

    private void store(String name, String password) {
        var hash = encoder.encode(password);
        transactions.executeWithoutResult(transaction ->
                accounts.findToChange(name).orElseThrow(() -> noSuch(name)).changePassword(hash));
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
}
