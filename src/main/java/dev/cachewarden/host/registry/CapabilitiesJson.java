package dev.cachewarden.host.registry;

import dev.cachewarden.host.HostCapabilities;
import tools.jackson.databind.json.JsonMapper;

/** How {@link HostCapabilities} are written into their column. What later versions add is passed over by earlier ones. */
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
