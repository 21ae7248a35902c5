package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The configuration that binds the build settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BuildSettings.class)
class FollowConfiguration {}
