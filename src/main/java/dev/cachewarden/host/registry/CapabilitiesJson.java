package dev.cachewarden.host.registry;

import dev.cachewarden.host.HostCapabilities;
import tools.jackson.databind.json.JsonMapper;

/** The JSON format of the column of {@link HostCapabilities}. Earlier versions ignore the fields that later versions add. */
final class CapabilitiesJson {

    private static final JsonMapper JSON = new JsonMapper();

    private CapabilitiesJson() {}

    static String write(HostCapabilities capabilities) {
        return JSON.writeValueAsString(capabilities);
    }

    static HostCapabilities read(String json) {
        return JSON.readValue(json, HostCapabilities.class);
    }
}
