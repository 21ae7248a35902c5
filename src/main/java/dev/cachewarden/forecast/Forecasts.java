package dev.cachewarden.forecast;

import dev.cachewarden.host.HostId;
import java.util.Map;
import java.util.Optional;

/** The stored forecasts. Each is renewed once an hour. */
public interface Forecasts {

    /** Returns the last forecast of a host, or empty if there is none yet. If it is older than three hours, it has a reason instead of a range. */
    Optional<DiskForecast> latest(HostId host);

    /** Returns the last forecast of each host that has one. */
    Map<HostId, DiskForecast> latest();

    /** Returns how good the forecasts of a host were. */
    TrackRecord trackRecord(HostId host);
}
