package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Policies that are saved without being in force, and tried on one host. */
class DraftPagesIntegrationTests extends PageStage {

    private static final Pattern SEEN = Pattern.compile("name=\"draft\" value=\"([^\"]*)\"");

    @Autowired
    FakeDrafts drafts;

    @BeforeEach
    void haveNoDraft() {
        drafts.clear();
    }

    private static HttpResponse<String> post(WebClient client, String form, String path, String... more) {
        var seen = SEEN.matcher(client.get(form).body());
        var values = new ArrayList<>(List.of(
                "name",
                "ci-default",
                "mode",
                "ENFORCE",
                "scope",
                "env=ci",
                "version",
                "4",
                "rules[0].unusedFor",
                "21d",
                "limitPerRun.maxShare",
                "10",
                "draft",
                seen.find() ? seen.group(1) : ""));
        values.addAll(List.of(more));
        return client.submit(form, path, values.toArray(String[]::new));
    }

    private static HttpResponse<String> draft(WebClient client, String... more) {
        return post(client, "/policies/1/edit", "/policies/1/edit", more);
    }

    private HttpResponse<String> activate(WebClient client) {
        return client.submit(
                "/policies/1",
                "/policies/1/draft/activate",
                "draft",
                drafts.draftOf(1).orElseThrow().savedAt().toString());
    }

    @Test
    void aDraftChangesNothingUntilItIsActivated() {
        var ann = signedIn("ann");

        assertThat(location(draft(ann, "action", "draft"))).isEqualTo("/policies/1");
        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The draft is saved. Version 4 stays active until you activate the draft.")
                .contains("Inactive draft", "Saved", "by <span>ann</span>")
                .contains("All except internal and frontend: unused for 21 d")
                .contains("Activate as version 5");
        assertThat(policies.find(1).orElseThrow().version()).isEqualTo(4);

        assertThat(location(activate(ann))).isEqualTo("/policies/1");
        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The draft is active as version 5.")
                .doesNotContain("Inactive draft");
        assertThat(policies.find(1).orElseThrow().version()).isEqualTo(5);
    }

    @Test
    void editedDraftIsSavedAsAVersion() {
        var ann = signedIn("ann");
        draft(ann, "action", "draft");

        assertThat(unescaped(ann.get("/policies/1/edit")))
                .contains("There is a draft by", "Edit draft")
                .doesNotContain("value=\"21d\"");
        assertThat(ann.get("/policies/1/edit?draft=true").body()).contains("value=\"21d\"", "value=\"10\"");

        var again = post(ann, "/policies/1/edit?draft=true", "/policies/1/edit", "action", "draft");
        assertThat(location(again)).isEqualTo("/policies/1");
        assertThat(location(post(ann, "/policies/1/edit?draft=true", "/policies/1/edit")))
                .isEqualTo("/policies/1");
        assertThat(drafts.draftOf(1)).isEmpty();
        assertThat(policies.find(1).orElseThrow().version()).isEqualTo(5);
    }

    @Test
    void aSecondDraftDoesNotPushOutTheFirst() {
        var ann = signedIn("ann");
        draft(ann, "action", "draft");

        var refused = draft(ann, "action", "draft", "approveAbove", "7GB");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("There is another draft, by ann; nothing was stored.", "value=\"7GB\"");
    }

    @Test
    void outdatedDraftShowsAWarning() {
        var ann = signedIn("ann");
        draft(ann, "action", "draft");
        location(draft(ann));

        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The policy changed after this draft was created.")
                .doesNotContain("Activate as version");
        assertThat(ann.get("/policies/1/edit?draft=true").body())
                .contains("Version 5 was saved after this draft was created."
                        + " The draft does not contain its changes, and replaces them when it becomes active.");
        activate(ann);
        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The draft cannot be activated: Policy ci-default is at version 5 by now.");
    }

    @Test
    void noDraftIsActivatedThatThePageDidNotShow() {
        var ann = signedIn("ann");
        draft(ann, "action", "draft");
        var shown = SEEN.matcher(ann.get("/policies/1").body());
        assertThat(shown.find()).isTrue();
        post(ann, "/policies/1/edit?draft=true", "/policies/1/edit", "action", "draft");

        ann.submit("/policies/1", "/policies/1/draft/activate", "draft", shown.group(1));

        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The draft cannot be activated: There is another draft by now.", "Inactive draft");
        assertThat(policies.find(1).orElseThrow().version()).isEqualTo(4);
    }

    @Test
    void aDraftIsDiscarded() {
        var ann = signedIn("ann");
        draft(ann, "action", "draft");

        ann.submit(
                "/policies/1",
                "/policies/1/draft/discard",
                "draft",
                drafts.draftOf(1).orElseThrow().savedAt().toString());

        assertThat(unescaped(ann.get("/policies/1")))
                .contains("The draft is discarded. The active version did not change.")
                .doesNotContain("Inactive draft");
        assertThat(ann.get("/policies/1/edit?draft=true").statusCode()).isEqualTo(404);
    }

    @Test
    void aNewPolicyAsADraftIsSwitchedOff() {
        var ann = signedIn("ann");

        var saved = post(ann, "/policies/new", "/policies/new", "name", "fresh", "enabled", "true", "action", "draft");

        assertThat(unescaped(ann.get(location(saved))))
                .contains("is saved and disabled. Triggers do not start it until you enable it.");
        assertThat(policies.created)
                .singleElement()
                .satisfies(input -> assertThat(input.enabled()).isFalse());
    }

    @Test
    void aDraftIsPlannedForOneHostFirst() {
        var ann = signedIn("ann");

        assertThat(location(draft(ann, "action", "try", "host", "1"))).isEqualTo("/plans/1");
        assertThat(drafts.draftOf(1)).isPresent();
        var outside = post(ann, "/policies/1/edit?draft=true", "/policies/1/edit", "action", "try", "host", "4");
        assertThat(location(outside)).isEqualTo("/policies/1/edit?draft=true");
        assertThat(unescaped(ann.get("/policies/1/edit?draft=true")))
                .contains("Your input is saved, but no plan was created: host: desk-anna is not in the scope");
        assertThat(location(ann.submit("/policies/1", "/policies/1/draft/preview", "host", "1")))
                .isEqualTo("/plans/1");
    }

    @Test
    void thePolicyAtWorkIsPlannedForOneHostFirst() {
        var otto = signedIn("otto");

        assertThat(otto.get("/policies/1").body()).contains("Run on one host", "ci-frankfurt-01");
        assertThat(location(otto.submit("/policies/1", "/policies/1/preview", "host", "1")))
                .isEqualTo("/plans/4");
        // One that only reports never runs.
        assertThat(otto.get("/policies/2").body()).doesNotContain("Run on one host");
    }

    @Test
    void operatorsSeeTheDraftAndMayPlanItButNotActivateIt() {
        draft(signedIn("ann"), "action", "draft");
        var otto = signedIn("otto");

        assertThat(unescaped(otto.get("/policies/1")))
                .contains("Inactive draft", "Run draft on one host")
                .doesNotContain("Activate as version", "Discard draft");
        assertThat(otto.submit("/settings/password", "/policies/1/draft/activate")
                        .statusCode())
                .isEqualTo(403);
        assertThat(location(otto.submit("/policies/1", "/policies/1/draft/preview", "host", "1")))
                .isEqualTo("/plans/1");
    }
}
