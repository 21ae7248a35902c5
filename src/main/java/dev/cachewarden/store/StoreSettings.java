package dev.cachewarden.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded PostgreSQL lives.
 *
 * @param directory holds its data, its password and its programs; used by one Cachewarden at a time
 */
@ConfigurationProperties("cachewarden.store")
record StoreSettings(@DefaultValue("./data/postgres") Path directory) {}
