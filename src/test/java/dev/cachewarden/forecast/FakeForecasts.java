package dev.cachewarden.forecast;

import dev.cachewarden.host.HostId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Forecasts kept in memory. */
public final class FakeForecasts implements Forecasts {

    public final Map<HostId, DiskForecast> latest = new HashMap<>();

    @Override
    public Optional<DiskForecast> latest(HostId host) {
        return Optional.ofNullable(latest.get(host));
    }

    @Override
    public Map<HostId, DiskForecast> latest() {
        return Map.copyOf(latest);
    }

    @Override
    public TrackRecord trackRecord(HostId host) {
        return latest.containsKey(host) ? new TrackRecord(20, 16) : new TrackRecord(0, 0);
    }
}
