package dev.cachewarden.build.web;

import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets a body be silent for as long as a step of a build may print nothing: Tomcat would give it up after a minute, with the build in the
 * midst of it.
 */
@Configuration(proxyBeanMethods = false)
class UploadPatience {

    private static final Duration SILENCE = Duration.ofHours(1);

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> patientWithBodies() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setDisableUploadTimeout(false);
                http.setConnectionUploadTimeout((int) SILENCE.toMillis());
            }
        });
    }
}
