package dev.cachewarden.rest;

import java.util.List;

/** The address of the service, for tests of other packages. */
public final class OwnAddresses {

    private OwnAddresses() {}

    /** Returns an address that is set. An empty one is unknown. */
    public static OwnAddress at(String baseUrl) {
        return new OwnAddress(new AddressSettings(baseUrl, List.of()));
    }
}
