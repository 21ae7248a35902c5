package dev.cachewarden.build.web;

import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The configuration of Tomcat that allows {@link BodyPatience} to change the timeout of one request. The log of a build is silent while a
 * step prints nothing. No other client, and no client before a login, can hold a connection without sending data.
 */
@Configuration(proxyBeanMethods = false)
class UploadPatience {

    @Bean
    static WebServerFactoryCustomizer<TomcatWebServerFactory> patientWithSomeBodies() {
        return factory -> {
            factory.setProtocol(ReadTimeoutHttpProtocol.class.getName());
            factory.addEngineValves(new BodyPatience.Valve());
        };
    }
}
