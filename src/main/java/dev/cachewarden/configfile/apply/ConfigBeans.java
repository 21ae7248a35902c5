package dev.cachewarden.configfile.apply;

import dev.cachewarden.configfile.ConfigSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Reads the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfigSettings.class)
class ConfigBeans {}
