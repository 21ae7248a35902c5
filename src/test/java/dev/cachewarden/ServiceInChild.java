package dev.cachewarden;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.SpringApplication;

/** The whole service in a process of its own, to be killed: starts it, makes a token, says {@code READY PORT TOKEN}, and serves. */
final class ServiceInChild {

    static final String READY = "READY ";

    // Not static: spring-boot:test-run takes a static one for the demo's, and then finds two.
    void main(String[] args) {
        var application = new SpringApplication(Application.class);
        application.addInitializers(context ->
                context.getBeanFactory().registerSingleton("withoutTests", new TestApplication.WithoutTests()));
        var context = application.run(args);
        var token = context.getBean(ApiTokens.class)
                .issue(
                        "child-" + UUID.randomUUID(),
                        Set.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE, Scope.ADMIN),
                        null,
                        "admin");
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port") + " " + token.secret());
    }
}
