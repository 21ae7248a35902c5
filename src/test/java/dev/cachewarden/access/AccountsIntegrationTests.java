package dev.cachewarden.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

@ExtendWith(OutputCaptureExtension.class)
class AccountsIntegrationTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final String PASSWORD = "correct horse battery";

    private final Accounts accounts = new Accounts(
            database.repository(SavedAccounts.class),
            database.repository(SavedTokens.class),
            database.transactions(),
            PasswordEncoderFactories.createDelegatingPasswordEncoder(),
            new SettableClock("2026-03-01T12:00:00Z"));

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void namesDifferInMoreThanCase() {
        accounts.add("ann", Role.ADMIN, PASSWORD);

        assertThatThrownBy(() -> accounts.add("Ann", Role.VIEWER, PASSWORD))
                .hasMessage("name: 'Ann' is the name of another user; choose a different one");
    }

    @Test
    void firstStartCreatesAnAdministratorAndLogsItsPasswordOnce(CapturedOutput log) {
        start("", "");
        var line = log.getOut().lines().filter(l -> l.contains("sign in as")).toList();
        assertThat(line)
                .singleElement()
                .asString()
                .containsPattern("Cachewarden is at http://localhost:8123 - sign in as 'admin' with the password"
                        + " [A-Za-z2-9]{20} \\(shown only once; change it in the user menu\\)");
        var password = line.getFirst().replaceAll(".*the password (\\S+) .*", "$1");
        accounts.changePassword("admin", password, PASSWORD);

        start("", "");
        assertThat(log.getOut().lines().filter(l -> l.contains("sign in as"))).hasSize(1);
        assertThat(log.getOut()).contains("Cachewarden is at http://localhost:8123\n");
        assertThat(accounts.all()).extracting(Account::name, Account::role).containsExactly(tuple("admin", Role.ADMIN));
    }

    @Test
    void passwordFromTheSettingsIsTakenAndNotLogged(CapturedOutput log) {
        start(PASSWORD, "");

        assertThat(log.getOut())
                .contains("sign in as 'admin' with the password from the settings")
                .doesNotContain(PASSWORD);
        accounts.changePassword("admin", PASSWORD, "another long password");
    }

    @Test
    void passwordFromAFileIsTakenWithoutItsNewline(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");

        start("", file.toString());

        accounts.changePassword("admin", PASSWORD, "another long password");
    }

    @Test
    void passwordFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> start("", "/nowhere/secret"))
                .hasMessage("Cannot read the file with the password of the first administrator: /nowhere/secret");
        assertThat(accounts.hasNoUsers()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            short         | password: must have at least 12 characters
            1234567890123456789012345678901234567890123456789012345678901234567890123 | password: must have at most 72 bytes
            """)
    void passwordThatWillNotDoIsRefused(String password, String message) {
        assertThatThrownBy(() -> accounts.add("vera", Role.VIEWER, password)).hasMessage(message);
        assertThat(accounts.all()).isEmpty();
    }

    @Test
    void takenAndOddNamesAreRefused() {
        accounts.add("vera", Role.VIEWER, PASSWORD);

        assertThatThrownBy(() -> accounts.add("vera", Role.ADMIN, PASSWORD))
                .hasMessage("name: 'vera' is the name of another user; choose a different one");
        assertThatThrownBy(() -> accounts.add("a b", Role.ADMIN, "short"))
                .hasMessage("name: 'a b' is not a valid name; use up to 64 letters, digits, dots, dashes, underscores,"
                        + " or @; "
                        + "password: must have at least 12 characters");
    }

    @Test
    void changingAPasswordNeedsThePresentOne() {
        accounts.add("vera", Role.VIEWER, PASSWORD);

        assertThatThrownBy(() -> accounts.changePassword("vera", "wrong", "another long password"))
                .hasMessage("current: is not your current password");
    }

    @Test
    void theLastAdministratorStays() {
        accounts.add("ann", Role.ADMIN, PASSWORD);
        accounts.add("vera", Role.VIEWER, PASSWORD);

        assertThatThrownBy(() -> accounts.remove("ann"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("'ann' is the last administrator. Nothing was changed. Make another user an administrator"
                        + " first.");
        assertThatThrownBy(() -> accounts.changeRole("ann", Role.VIEWER)).isInstanceOf(ConflictException.class);

        accounts.changeRole("vera", Role.ADMIN);
        accounts.remove("ann");
        assertThat(accounts.all()).extracting(Account::name).containsExactly("vera");
    }

    @Test
    void ofTwoAdministratorsAtOnceOneStays() {
        for (int attempt = 0; attempt < 20; attempt++) {
            database.clear();
            accounts.add("ann", Role.ADMIN, PASSWORD);
            accounts.add("bob", Role.ADMIN, PASSWORD);

            var demotion = CompletableFuture.runAsync(() -> accounts.changeRole("ann", Role.VIEWER));
            var removal = CompletableFuture.runAsync(() -> accounts.remove("bob"));

            assertThat(Stream.of(demotion, removal).filter(AccountsIntegrationTests::failed))
                    .hasSize(1);
            assertThat(accounts.all()).extracting(Account::role).contains(Role.ADMIN);
        }
    }

    private static boolean failed(CompletableFuture<?> change) {
        return change.handle((done, failure) -> failure != null).join();
    }

    @Test
    void aRemovedAccountLeavesNoValidToken() {
        accounts.add("ann", Role.ADMIN, PASSWORD);
        accounts.add("bob", Role.ADMIN, PASSWORD);
        var tokens = new ApiTokens(
                database.repository(SavedTokens.class),
                database.repository(SavedAccounts.class),
                new SettableClock("2026-03-01T12:00:00Z"));
        var issued = tokens.issue("bot", Set.of(Scope.PRUNE), null, "bob");
        assertThat(tokens.find(issued.secret())).isPresent();

        accounts.remove("bob");
        accounts.add("bob", Role.ADMIN, PASSWORD);

        assertThat(tokens.find(issued.secret())).isEmpty();
        assertThat(tokens.all())
                .singleElement()
                .satisfies(token -> assertThat(token.revokedAt()).isEqualTo("2026-03-01T12:00:00Z"));
    }

    @Test
    void rejectsUnknownNames() {
        assertThatThrownBy(() -> accounts.remove("nobody"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no user 'nobody'.");
        assertThatThrownBy(() -> accounts.resetPassword("nobody", PASSWORD)).isInstanceOf(NotFoundException.class);
    }

    private void start(String password, String file) {
        var context = new GenericApplicationContext();
        context.setEnvironment(new MockEnvironment().withProperty("local.server.port", "8123"));
        new FirstAdmin(accounts, new AccessSettings(password, file, Duration.ofHours(12), Duration.ofDays(7)))
                .onReady(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, null));
    }
}
