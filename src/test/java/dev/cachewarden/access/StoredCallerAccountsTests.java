package dev.cachewarden.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.CallerAccounts;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** A person is the same with a session and with tokens. */
class StoredCallerAccountsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-09-01T12:00:00Z"));

    private final SavedTokens savedTokens = database.repository(SavedTokens.class);
    private final SavedAccounts savedAccounts = database.repository(SavedAccounts.class);
    private final ApiTokens tokens = new ApiTokens(savedTokens, savedAccounts, CLOCK);
    private final Accounts accounts = new Accounts(
            savedAccounts,
            savedTokens,
            database.transactions(),
            PasswordEncoderFactories.createDelegatingPasswordEncoder(),
            CLOCK);
    private final CallerAccounts callerAccounts = new StoredCallerAccounts(savedTokens, savedAccounts);

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void aTokenActsForTheAccountThatMadeIt() {
        accounts.add("ada", Role.ADMIN, "correct horse battery");
        var made = tokens.issue("bot", Set.of(Scope.PRUNE), null, "ada").token();
        var second = tokens.issue("second", Set.of(Scope.PRUNE), null, new TokenPrincipal(made))
                .token();
        var bot = new Caller("token bot", made.prefix(), null);
        var botOfBot = new Caller("token second", second.prefix(), null);

        assertThat(callerAccounts.accountOf(Caller.named("token second"))).isEqualTo("ada");
        assertThat(callerAccounts.accountOf(Caller.named("token unknown"))).isEqualTo("token unknown");
        assertThat(callerAccounts.accountOf(Caller.named("ada"))).isEqualTo("ada");
        assertThat(callerAccounts.accountOf(bot)).isEqualTo("ada");
        assertThat(callerAccounts.accountOf(botOfBot)).isEqualTo("ada");
        assertThat(callerAccounts.accountOf(Caller.named("schedule"))).isEqualTo("schedule");
    }

    @Test
    void onlyOperatorsAndAdministratorsCanApprove() {
        accounts.add("ada", Role.ADMIN, "correct horse battery");
        accounts.add("vera", Role.VIEWER, "correct horse battery");
        assertThat(callerAccounts.anotherMayPrune("ada")).isFalse();
        assertThat(callerAccounts.anotherMayPrune("vera")).isTrue();

        accounts.add("otto", Role.OPERATOR, "correct horse battery");
        assertThat(callerAccounts.anotherMayPrune("ada")).isTrue();
    }
}
