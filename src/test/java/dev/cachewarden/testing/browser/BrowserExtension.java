package dev.cachewarden.testing.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for all tests of this JVM, one context for each test. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (chromium().isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium is here");
        }
        var reason = "needs Chromium, and there is none in " + PLACES + " (Debian: apt-get install chromium)";
        var required = Optional.ofNullable(System.getenv("CACHEWARDEN_REQUIRE")).orElse("");
        if (List.of(required.split("[, ]+")).contains("browser")) {
            throw new IllegalStateException("CACHEWARDEN_REQUIRE names browser, but this " + reason);
        }
        context.publishReportEntry("skipped", reason);
        java.util.logging.Logger.getLogger(BrowserExtension.class.getName())
                .warning(() -> "Skipped: " + context.getDisplayName() + " " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    private static Optional<Path> chromium() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Look.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent("browser", key -> Shared.start(), Shared.class);
        var look = new Look(shared.browser());
        context.getStore(NAMESPACE).put("look", look);
        return look;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var look = context.getStore(NAMESPACE).remove("look", Look.class);
        if (look != null) {
            look.close();
        }
    }

    private record Shared(Playwright playwright, Browser browser) implements AutoCloseable {

        static Shared start() {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            var browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium().orElseThrow())
                            .setArgs(ARGUMENTS));
            return new Shared(playwright, browser);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
