package dev.cachewarden.dashboard;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Trouble;

/** Answers as an engine would at any address with {@code good} in it, and not at all elsewhere. */
public final class FakeProber implements HostProber {

    @Override
    public ProbeResult probe(HostConnection connection) {
        var address = connection.address().text();
        return address.contains("good")
                ? new ProbeResult.Reached(Fleets.capabilities("NEWENGINE", "28.5.2"))
                : new ProbeResult.Failed(new Trouble(
                        Trouble.Cause.REFUSED,
                        "Nobody listens at " + address + ". Is Docker running there, and is the address right?"));
    }
}
