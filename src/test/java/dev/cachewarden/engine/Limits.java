package dev.cachewarden.engine;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The limits that apply where nothing is set. */
public final class Limits {

    public static final EngineLimits DEFAULT =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("none", EngineLimits.class);

    private Limits() {}
}
