package dev.cachewarden.notify.store;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The randomness of pauses, which tests replace. */
@Configuration(proxyBeanMethods = false)
class NotifyBeans {

    @Bean
    RandomGenerator notifyRandom() {
        return new SecureRandom();
    }
}
