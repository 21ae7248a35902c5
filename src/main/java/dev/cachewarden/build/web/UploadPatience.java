package dev.cachewarden.build.web;

import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets {@link BodyPatience} be given to one request: the log of a build is silent for as long as a step prints nothing, while nobody else,
 * and nobody before a login, is to hold a connection by sending nothing.
 */
@Configuration(proxyBeanMethods = false)
class UploadPatience {

    @Bean
    static WebServerFactoryCustomizer<TomcatWebServerFactory> patientWithSomeBodies() {
        return factory -> {
            factory.setProtocol(PatientHttp.class.getName());
            factory.addEngineValves(new BodyPatience.Valve());
        };
    }
}
