package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import dev.cachewarden.run.ExternalPrunes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of each kind, on the first host. */
final class FakeExternalPrunes implements ExternalPrunes {

    @Override
    public Page<ExternalPrune> list(BuilderId builder, @Nullable String after, int limit) {
        return new Page<>(builder.value() == 10 ? both(builder) : List.of(), null);
    }

    private static List<ExternalPrune> both(BuilderId builder) {
        var at = Fleets.NOW.minusSeconds(7_200);
        var before = Fleets.NOW.minusSeconds(40_000);
        return List.of(
                new ExternalPrune(
                        builder,
                        at.minusSeconds(60),
                        at,
                        new Amount(212, ByteSize.parse("9.2GiB")),
                        Known.EVENT,
                        at.minusSeconds(20),
                        ByteSize.parse("9.1GiB")),
                new ExternalPrune(
                        builder,
                        before.minusSeconds(60),
                        before,
                        new Amount(3, ByteSize.parse("412MiB")),
                        Known.DISAPPEARED,
                        null,
                        null));
    }
}
