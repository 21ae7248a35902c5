package dev.cachewarden.rest;

import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Accepts X-Forwarded-For, -Proto, -Host, and -Port only from the proxies that the settings name. */
@Configuration(proxyBeanMethods = false)
class TrustedProxies {

    @Bean
    static WebServerFactoryCustomizer<TomcatWebServerFactory> forwardedHeaders(AddressSettings settings) {
        return factory -> {
            if (!settings.trustedProxies().isEmpty()) {
                factory.addEngineValves(valve(String.join(",", settings.trustedProxies())));
            }
        };
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatWebServerFactory> serverProblems() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ServerProblems.class.getName());
            }
        });
    }

    private static RemoteIpValve valve(String proxies) {
        var valve = new RemoteIpValve();
        valve.setInternalProxies(proxies);
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        valve.setPortHeader("X-Forwarded-Port");
        return valve;
    }
}
