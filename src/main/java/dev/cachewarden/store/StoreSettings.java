package dev.cachewarden.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the embedded PostgreSQL.
 *
 * @param directory directory of its data, its password, and its programs; only one Cachewarden at a time can use it
 */
@ConfigurationProperties("cachewarden.store")
record StoreSettings(@DefaultValue("./data/postgres") Path directory) {}
