package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.BareFrame;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a script reads when something goes wrong; the exact text is part of the interface. */
@SpringBootTest(classes = ProblemAdviceTests.SmallApplication.class)
@AutoConfigureMockMvc(addFilters = false)
@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceTests {

    @Configuration
    @ImportAutoConfiguration({
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @Import({ProblemAdvice.class, ErrorPageController.class, FailingController.class, UnknownParameters.class})
    static class SmallApplication {

        /** Stands for the frame around all pages, which is no concern here. */
        @Bean
        BareFrame shell() {
            return new BareFrame();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Test
    void invalidInputNamesFieldAndReason() {
        var answer = mvc.get().uri("/api/v1/fail/invalid").exchange();

        assertProblem(answer, 400, """
                {"type": "urn:cachewarden:problem:invalid-input", "title": "Invalid input", "status": 400,
                 "detail": "'address': '10.0.0.1' is not an address", "instance": "/api/v1/fail/invalid",
                 "errors": [{"field": "address", "reason": "'10.0.0.1' is not an address"}]}""");
    }

    @Test
    void severalInvalidFieldsAreAllNamed() {
        var answer = mvc.get().uri("/api/v1/fail/invalid2").exchange();

        assertProblem(answer, 400, """
                {"type": "urn:cachewarden:problem:invalid-input", "title": "Invalid input", "status": 400,
                 "detail": "2 fields are invalid. Nothing was saved.", "instance": "/api/v1/fail/invalid2",
                 "errors": [{"field": "a", "reason": "is wrong"}, {"field": "b", "reason": "too"}]}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            missing   | 404 | Not found | There is no host 7.
            conflict  | 409 | Conflict  | Run 8 is under way on this engine; wait for its end.
            overtaken | 409 | Conflict  | Another user changed this resource after you loaded it. Your changes were not saved. Reload and try again.
            standoff  | 503 | Busy      | Another request changed the same data at the same time. Not all changes were saved. Repeat the request.
            """)
    void mapsFeatureExceptionsToProblems(String kind, int status, String title, String detail) {
        var answer = mvc.get().uri("/api/v1/fail/" + kind).exchange();

        assertThat(answer).hasStatus(status);
        assertThat(answer).bodyJson().extractingPath("$.title").isEqualTo(title);
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": "a", "nmae": "b"}       | nmae       | is an unknown property. Known properties: count, keep, mode, name, tags
            {"count": "many"}                | count      | is not a whole number
            {"count": "5"}                   | count      | is not a whole number
            {"count": 99999999999999}        | count      | is outside the supported range of numbers
            {"tags": "x"}                    | tags       | is not a list
            {"tags": [{"weight": 1, "k": 2}]} | tags[0].k | is an unknown property. Known properties: weight
            {"tags": [{}]}                   | tags[0].weight | is missing; it must be a whole number
            {"mode": "LOUD"}                 | mode       | 'LOUD' is not one of REPORT, ENFORCE
            {"keep": "2 days"}               | keep       | '2 days' is not an ISO 8601 duration such as PT48H
            {"name": {"x": 1}}               | name       | is not a string
            [1]                              | body       | is not an object in the expected format
            {"name": ""}                     | body       | A name is needed
            """)
    void bodyThatDoesNotFitNamesTheProperty(String body, String field, String reason) {
        var answer = post(body);

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].reason").isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": "a",,}  | The body is not valid JSON: error at line 1, column 14.
            {"name": "a"     | The body is not valid JSON: error at line 1, column 13.
            <xml/>           | The body is not valid JSON: error at line 1, column 1.
            ``               | The request requires a JSON body.
            """)
    void malformedBodyReportsItsErrorPosition(String body, String detail) {
        var answer = post(body);

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.title").isEqualTo("Malformed body");
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/v1/hosts/abc          | id    | 'abc' is not a whole number
            /api/v1/hosts/1?limit=x    | limit | 'x' is not a whole number
            /api/v1/hosts/1?mode=LOUD  | mode  | 'LOUD' is not valid; use one of REPORT, ENFORCE
            /api/v1/hosts              | name  | is missing from the query
            /api/v1/hosts/1?limt=3     | limt  | is not a parameter of this request. Available parameters: limit, mode
            /api/v1/hosts/1?Limit=3    | Limit | is not a parameter of this request. Available parameters: limit, mode
            /api/v1/things?weight=x    | weight | 'x' is not a whole number
            /api/v1/things?nmae=x      | nmae  | is not a parameter of this request. Available parameters: format, name, weight
            /api/v1/fail/bug?x=1       | x     | is not a parameter of this request. It has no parameters
            """)
    void parameterThatDoesNotFitIsNamed(String uri, String field, String reason) {
        var answer = mvc.get().uri(uri).exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].reason").isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/things?name=a&weight=2", "/api/v1/things?format=csv&name=a"})
    void parameterThatIsKnownPasses(String uri) {
        assertThat(mvc.get().uri(uri).exchange()).hasStatusOk();
    }

    @Test
    void methodNotAllowedListsTheAllowedMethods() {
        var answer = mvc.delete().uri("/api/v1/hosts").exchange();

        assertThat(answer).hasStatus(405).hasHeader("Allow", "GET");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("DELETE is not allowed here. Allowed methods: GET.");
    }

    @Test
    void unsupportedAcceptHeaderListsTheSupportedTypes() {
        var answer = mvc.get().uri("/api/v1/hosts?name=x").accept("text/csv").exchange();

        assertThat(answer).hasStatus(406).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("No media type in the Accept header is supported. Supported types: application/json");
    }

    @Test
    void rejectsAnUnsupportedContentType() {
        var answer = mvc.post()
                .uri("/api/v1/hosts/1")
                .contentType(MediaType.TEXT_PLAIN)
                .content("hello")
                .exchange();

        assertThat(answer).hasStatus(415);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("A body of type text/plain is not supported. Send application/json");
    }

    @Test
    void nothingThereNamesTheAddress() {
        var answer = mvc.get().uri("/api/v1/nothing").exchange();

        assertThat(answer).hasStatus(404);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("No resource exists at /api/v1/nothing. Check the path.");
    }

    @Test
    void unexpectedFailureGivesAnIdThatTheLogHasAndNoInnards(CapturedOutput log) {
        var answer = mvc.get().uri("/api/v1/fail/bug").exchange();

        assertThat(answer).hasStatus(500);
        assertThat(answer).bodyText().doesNotContain("secret", "IllegalState", "at dev.");
        var body = assertThat(answer).bodyJson();
        body.extractingPath("$.id").asString().matches("[0-9a-f]{8}").satisfies(id -> {
            assertThat(log).contains("Request failed with an internal error, ID " + id);
            assertThat(log).contains("secret innards");
            body.extractingPath("$.detail")
                    .isEqualTo("An internal error occurred. Search the server log for ID " + id + ".");
        });
    }

    @Test
    void browserGetsAPageInWords() {
        var answer = mvc.get().uri("/fail/missing").accept(MediaType.TEXT_HTML).exchange();

        assertThat(answer).hasStatus(404).hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
        assertThat(answer).bodyText().contains("Not found", "There is no host 7.");
    }

    @Test
    void scriptAskingForJsonGetsItOutsideOfTheApiToo() {
        var answer = mvc.get()
                .uri("/fail/missing")
                .accept(MediaType.APPLICATION_JSON)
                .exchange();

        assertThat(answer).hasStatus(404).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/api/v1/hosts/1")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static void assertProblem(MvcTestResult answer, int status, String json) {
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isStrictlyEqualTo(json);
    }

    enum Mode {
        REPORT,
        ENFORCE
    }

    record Tag(int weight) {}

    record ThingQuery(@Nullable String name, @Nullable Integer weight) {}

    record ThingRequest(
            @Nullable String name,
            @Nullable Integer count,
            @Nullable Mode mode,
            @Nullable Duration keep,
            @Nullable List<Tag> tags) {
        ThingRequest {
            if ("".equals(name)) {
                throw new IllegalArgumentException("A name is needed");
            }
        }
    }

    @RestController
    static class FailingController {

        @GetMapping({"/api/v1/fail/{kind}", "/fail/{kind}"})
        String fail(@PathVariable String kind) {
            throw switch (kind) {
                case "invalid" -> new InvalidInputException("address", "'10.0.0.1' is not an address");
                case "invalid2" ->
                    new InvalidInputException(List.of(new FieldProblem("a", "is wrong"), new FieldProblem("b", "too")));
                case "missing" -> new NotFoundException("There is no host 7.");
                case "conflict" -> new ConflictException("Run 8 is under way on this engine; wait for its end.");
                case "standoff" -> new CannotAcquireLockException("deadlock detected");
                case "overtaken" -> new OptimisticLockingFailureException("row was updated");
                default -> new IllegalStateException("secret innards");
            };
        }

        @GetMapping("/api/v1/hosts/{id}")
        List<String> one(
                @PathVariable long id,
                @RequestParam(defaultValue = "1") int limit,
                @RequestParam(defaultValue = "REPORT") Mode mode) {
            return List.of(id + " " + limit + " " + mode);
        }

        @GetMapping(path = "/api/v1/things", params = "format=csv")
        String things(ThingQuery query) {
            return query.toString();
        }

        @GetMapping("/api/v1/things")
        String filtered(ThingQuery query, @RequestParam(name = "format", defaultValue = "") String form) {
            return query + form;
        }

        @GetMapping("/api/v1/hosts")
        List<String> list(@RequestParam String name) {
            return List.of(name);
        }

        @PostMapping("/api/v1/hosts/{id}")
        String change(@PathVariable long id, @RequestBody ThingRequest thing) {
            return id + thing.toString();
        }
    }
}
