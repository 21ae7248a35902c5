package dev.cachewarden.configfile;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Enables the settings of the configuration file. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfigSettings.class)
class ConfigBeans {}
