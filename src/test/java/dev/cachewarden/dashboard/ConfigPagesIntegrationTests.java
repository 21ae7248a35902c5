package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the configuration file, and what pages say of hosts and policies that come from it. */
class ConfigPagesIntegrationTests extends PageStage {

    private static final String NOTE = "This item comes from the configuration file";

    /** Of {@link Fleets#six()} the one that comes from the file. */
    private static final String HOST = "/hosts/6";

    @BeforeEach
    void haveAPolicyOfTheFile() {
        policies.comesFrom(FakeConfiguration.FILE, 2);
    }

    @Test
    void pageWithoutAFileExplainsTheSetup() {
        assertThat(page(ann()))
                .contains("Not configured", "CACHEWARDEN_CONFIG=")
                .doesNotContain(">Release ");
    }

    @Test
    void whatIsLeftOfAFileCanBeGivenBack() {
        configuration.status = FakeConfiguration.none(3);
        assertThat(page(ann())).contains("3 items still managed by a configuration file");

        var answer = ann().submit("/settings/config", "/settings/config/release");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(configuration.asked).containsExactly("release");
    }

    @Test
    void pendingChangesAreShownFieldByFieldAndAppliedAsSeen() {
        configuration.status = FakeConfiguration.pending();
        var client = ann();
        assertThat(page(client))
                .contains("3 pending changes", "The database is away", FakeConfiguration.HASH)
                .contains("Host ci-1", "was created manually and is taken over by the file.", "env=ci, team=web")
                .contains("Policy old", "is no longer in the file and is released.");

        client.submit("/settings/config", "/settings/config/apply", "hash", FakeConfiguration.HASH);
        assertThat(page(client)).contains("Configuration file applied.");
        client.submit("/settings/config", "/settings/config/apply", "hash", "another");
        assertThat(page(client)).contains("It changed after you loaded this page.");
        assertThat(configuration.asked)
                .containsExactly("apply " + FakeConfiguration.HASH + " by ann", "apply another by ann");
    }

    @Test
    void invalidFileShowsLineAndField() {
        configuration.status = FakeConfiguration.refused();

        assertThat(page(ann()))
                .contains(
                        ">Invalid<",
                        "The last applied configuration stays active.",
                        ">14<",
                        "policies[2].rules[0].unusedfor")
                .contains("Did you mean 'unusedFor'?");
    }

    @Test
    void pinsOfTheFileCannotBeRemovedOnThePage() {
        pins.addOfFile("id==of-the-file", FakeConfiguration.FILE);
        pins.add("id==of-ann", null, "ann");
        var client = ann();

        assertThat(client.get("/pins").body())
                .containsOnlyOnce("From the configuration file")
                .doesNotContain("/pins/1/remove")
                .contains("/pins/2/remove", "title=\"" + FakeConfiguration.FILE + "\"");
        client.submit("/pins", "/pins/1/remove");
        assertThat(client.get("/pins").body()).contains("comes from the configuration file.", "id==of-the-file");
    }

    @Test
    void managedEntriesAreMarkedAndHaveNoForms() {
        var client = ann();

        assertThat(client.get(HOST).body())
                .contains(NOTE, FakeConfiguration.FILE, "disabled")
                .doesNotContain(HOST + "/edit");
        assertThat(client.get("/policies/2").body())
                .contains(NOTE, "Preview now")
                .doesNotContain("/policies/2/edit", "/policies/2/delete");
        assertThat(client.get("/policies").body()).containsOnlyOnce("From the configuration file");
        assertThat(client.get("/hosts").body()).containsOnlyOnce("From the configuration file");
        assertThat(client.get("/policies/1").body())
                .contains("/policies/1/edit")
                .doesNotContain(NOTE);
        assertThat(client.get("/hosts/1").body()).contains("/hosts/1/edit").doesNotContain(NOTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST + "/edit", HOST + "/delete", "/policies/2/edit", "/policies/2/delete"})
    void itsFormsAreRefusedWithTheFilesName(String form) {
        var answer = ann().get(form);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(unescaped(answer))
                .contains(" comes from the configuration file " + FakeConfiguration.FILE
                        + " and can be changed only there.");
    }

    @Test
    void viewersSeeTheNoteButNotThePage() {
        var client = signedIn("vera");

        assertThat(client.get(HOST).body()).contains(NOTE).doesNotContain("/settings/config");
        assertThat(client.get("/settings/config").statusCode()).isEqualTo(403);
    }

    private WebClient ann() {
        return signedIn("ann");
    }

    private static String page(WebClient client) {
        return unescaped(client.get("/settings/config"));
    }
}
