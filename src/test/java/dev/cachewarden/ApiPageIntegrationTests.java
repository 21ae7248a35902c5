package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.Role;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import dev.cachewarden.testing.browser.Look;
import dev.cachewarden.testing.browser.RealBrowser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The page that shows the REST API and sends requests to it, within the session of a user and the content security policy. */
@RealBrowser
class ApiPageIntegrationTests extends ServiceStage {

    private static final String PASSWORD = "correct horse battery";

    private static final Pattern BUNDLE = Pattern.compile("/webjars/swagger-ui/[^\"]*swagger-ui-bundle[^\"]*\\.js");

    @Autowired
    private Accounts accounts;

    @BeforeEach
    void addUsers() {
        database.clear();
        accounts.add("otto", Role.OPERATOR, PASSWORD);
        accounts.add("vera", Role.VIEWER, PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 390"})
    void operatorTriesARequestThatReadsAndOneThatCreates(ColorScheme scheme, int width, Look look) {
        var page = open(look, "otto", scheme, width);
        assertThat(look.faults(page)).isEmpty();

        var list = operation(page, "listPins");
        assertThat(look.faults(page)).isEmpty();
        var listed = execute(list);
        assertThat(listed).contains("200", "\"items\": []", "Response headers");
        var create = operation(page, "createPin");
        create.locator("textarea").fill("{\"filter\": \"mountTarget==/root/.m2\", \"note\": \"Maven\"}");
        assertThat(execute(create))
                .contains("201", "\"filter\": \"mountTarget==/root/.m2\"", "\"createdBy\": \"otto\"");

        assertThat(look.faults(page)).isEmpty();
        assertThat(execute(list)).contains("\"note\": \"Maven\"");
    }

    @Test
    void errorTextIsShown(Look look) {
        var page = open(look, "otto", ColorScheme.DARK, 1280);
        var create = operation(page, "createPin");
        create.locator("textarea").fill("{\"filter\": \"no filter\"}");

        assertThat(execute(create)).contains("400", "\"title\": \"Invalid input\"", "\"field\": \"filter\"");
        assertThat(look.faults(page)).allSatisfy(ApiPageIntegrationTests::isStatus);
    }

    @Test
    void viewerMayReadOnly(Look look) {
        var page = open(look, "vera", ColorScheme.LIGHT, 390);

        assertThat(execute(operation(page, "listPins"))).contains("\"items\": []");
        assertThat(execute(operation(page, "createPin"))).contains("403", "'prune'");
        assertThat(look.faults(page)).allSatisfy(ApiPageIntegrationTests::isStatus);
    }

    @Test
    void schemasAreAccessible(Look look) {
        var page = open(look, "vera", ColorScheme.LIGHT, 1280);
        var create = operation(page, "createPin");

        create.locator(".tablinks[data-name=model]").first().click();

        assertThat(create.innerText()).contains("PinRequest");
        assertThat(look.faults(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "swagger-ui.css", "oauth2-redirect.html", "swagger-ui-standalone-preset.js"})
    void filesThatNoPageUsesAreHidden(String file) {
        var client = signedIn();

        assertThat(client.get("/webjars/swagger-ui/" + file).statusCode()).isEqualTo(404);
    }

    /** A browser downloads the library once per version. Everything else of the page is below 10 KB. */
    @Test
    void libraryIsNotLargerThanExpected() throws IOException {
        var client = signedIn();
        var url = BUNDLE.matcher(client.get("/api").body());
        assertThat(url.find()).isTrue();

        var bundle = client.get(url.group());

        assertThat(bundle.headers().firstValue("Cache-Control")).hasValue("max-age=31536000, public");
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bundle.body().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(compressed.size()).isBetween(100_000, 460_000);
    }

    /** The console of the browser reports each response that is no success. */
    private static void isStatus(String fault) {
        assertThat(fault).startsWith("console: Failed to load resource: the server responded with a status of 40");
    }

    private WebClient signedIn() {
        var client = new WebClient(port);
        client.signIn("vera", PASSWORD);
        return client;
    }

    private Page open(Look look, String user, ColorScheme scheme, int width) {
        var page = look.open("http://localhost:" + port, scheme, width, Instant.now());
        // Swagger UI reads parts of the document after a delay, which never ends with a fixed clock.
        page.clock().setSystemTime(System.currentTimeMillis());
        page.navigate("/login");
        page.getByLabel("Username").fill(user);
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/login"));
        page.navigate("/");
        page.locator("details.menu > summary").click();
        page.locator("details.menu a[href='/api']").click();
        page.locator("#operations-tag-Pins").click();
        page.locator("#operations-Pins-createPin").waitFor();
        return page;
    }

    /** Opens an operation. */
    private static Locator operation(Page page, String id) {
        var operation = page.locator("#operations-Pins-" + id);
        operation.locator(".opblock-summary-control").click();
        operation.locator(".execute").waitFor();
        return operation;
    }

    /** Sends the request, and returns the response as the user sees it. */
    private static String execute(Locator operation) {
        var page = operation.page();
        page.waitForResponse(
                response -> response.url().contains("/api/v1/"),
                () -> operation.locator(".execute").click());
        var response = operation.locator(".live-responses-table");
        response.waitFor();
        return response.innerText();
    }
}
