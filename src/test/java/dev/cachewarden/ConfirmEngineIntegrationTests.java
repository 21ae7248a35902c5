package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An administrator confirms that two hosts with one engine ID are the same engine, on the page and over REST. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cachewarden.host.find-local-engine=false", "cachewarden.history.polling=false"})
class ConfirmEngineIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String PASSWORD = "long enough 4711";
    private static final String ENGINE = "ENGINE-TWICE";
    private static final String CALL = "/api/v1/hosts/1/confirm-engine";

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Accounts accounts;

    @Autowired
    private EngineConflicts conflicts;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @BeforeEach
    void twoHostsInConflict() {
        database.clear();
        for (var name : List.of("one", "two")) {
            addHost(name);
        }
        conflicts.report(ENGINE, Set.of(new HostId(1), new HostId(2)), "They differ");
        accounts.add("ann", Role.ADMIN, PASSWORD);
        accounts.add("otto", Role.OPERATOR, PASSWORD);
        accounts.add("vera", Role.VIEWER, PASSWORD);
    }

    private static void addHost(String name) {
        database.jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since, engine_id, reachability,
                        problem_cause, problem_message)
                    values (?, 'DOCKER_ENGINE', 'tcp://127.0.0.1:1', 60, now(), now(), ?, 'UNREACHABLE', 'ENGINE_CONFLICT', 'They differ')
                    returning id)
                insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from added""", name, ENGINE);
    }

    @ParameterizedTest
    @EnumSource(value = Scope.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void anyOtherScopeIsRefused(Scope scope) {
        var answer = script(scope).json("POST", CALL, null);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("admin");
        assertThat(conflicts.open(ENGINE)).contains("They differ");
        assertThat(confirmed()).isEmpty();
    }

    @Test
    void rejectsConfirmationWithAnInvalidToken() {
        var stranger = new WebClient(port).with("Authorization", "Bearer cw_nothing");

        assertThat(stranger.json("POST", CALL, null).statusCode()).isEqualTo(401);
        assertThat(conflicts.open(ENGINE)).isPresent();
    }

    @Test
    void anAdministratorConfirmsOverRestOnceAndItIsAudited() {
        var admin = script(Scope.ADMIN);

        assertThat(admin.json("POST", CALL, null).statusCode()).isEqualTo(204);

        assertThat(conflicts.open(ENGINE)).isEmpty();
        assertThat(confirmed()).singleElement().asString().isEqualTo("token script host.confirm /hosts/1");
        var again = admin.json("POST", CALL, null);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Host one has no open conflict about its engine ID.");
        assertThat(admin.json("POST", "/api/v1/hosts/99/confirm-engine", null).statusCode())
                .isEqualTo(404);
        assertThat(confirmed()).as("requests that changed nothing").hasSize(1);
    }

    @Test
    void anAdministratorConfirmsOnThePageOfEitherHost() {
        var ann = signedIn("ann");
        assertThat(ann.get("/hosts/2").body()).contains("They differ", "Confirm same engine");

        var answer = ann.submit("/hosts/2", "/hosts/2/confirm-engine");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(ann.get("/hosts/2").body()).contains("Confirmed as the same engine.");
        assertThat(conflicts.open(ENGINE)).isEmpty();
        assertThat(confirmed()).singleElement().asString().isEqualTo("ann host.confirm /hosts/2");
        ann.submit("/hosts/1", "/hosts/1/confirm-engine");
        assertThat(ann.get("/hosts/1").body()).contains("Host one has no open conflict about its engine ID.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"otto", "vera"})
    void allowsOnlyAdministratorsToConfirm(String name) {
        var person = signedIn(name);
        var page = person.get("/hosts/1");
        assertThat(page.body()).contains("They differ").doesNotContain("Confirm same engine");

        assertThat(person.submit("/hosts/1", "/hosts/1/confirm-engine").statusCode())
                .isEqualTo(403);

        assertThat(conflicts.open(ENGINE)).isPresent();
        assertThat(confirmed()).isEmpty();
    }

    /** The confirmation is about these two hosts, not about whatever reports that ID later. */
    @Test
    void aThirdHostWithTheSameIdIsAConflictAgain() {
        script(Scope.ADMIN).json("POST", CALL, null);
        conflicts.report(ENGINE, Set.of(new HostId(1), new HostId(2)), "They differ again");
        assertThat(conflicts.open(ENGINE)).isEmpty();
        addHost("three");

        conflicts.report(ENGINE, Set.of(new HostId(1), new HostId(3)), "The third differs");

        assertThat(conflicts.open(ENGINE)).contains("The third differs");
        assertThat(script(Scope.ADMIN).json("POST", CALL, null).statusCode()).isEqualTo(204);
        assertThat(confirmed()).hasSize(2);
    }

    private WebClient script(Scope scope) {
        var token = tokens.issue("script", Set.of(scope), null, database.tokenOwner());
        return new WebClient(port).with("Authorization", "Bearer " + token.secret());
    }

    private WebClient signedIn(String name) {
        var client = new WebClient(port);
        client.signIn(name, PASSWORD);
        return client;
    }

    private static List<@Nullable String> confirmed() {
        return database.jdbc()
                .queryForList(
                        "select concat_ws(' ', actor, action, subject, detail) from audit_entry where action = 'host.confirm' order by id",
                        String.class);
    }
}
