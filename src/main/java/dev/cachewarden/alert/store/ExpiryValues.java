package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.store.Columns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The time until client certificates of hosts and API tokens expire. A token is forgotten a week after its end. */
@Component
class ExpiryValues implements AlertSource {

    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final HostRegistry hosts;

    ExpiryValues(JdbcClient jdbc, HostRegistry hosts) {
        this.jdbc = jdbc;
        this.hosts = hosts;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(RuleId.EXPIRY);
    }

    @Override
    public Duration fresh() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Observation> observe(Instant now) {
        var found = new ArrayList<Observation>(tokens(now));
        for (var host : hosts.all()) {
            if (host.enabled() && host.connection().address() instanceof HostAddress.TlsTcp tls) {
                found.add(certificate(host, tls.files().certificate(), now));
            }
        }
        return found;
    }

    private List<Observation> tokens(Instant now) {
        return jdbc.sql("""
                        select id, name, prefix, expires_at from api_token
                        where revoked_at is null and owner is not null and expires_at > ?""")
                .param(Columns.time(now.minus(FORGOTTEN)))
                .query((row, number) -> observation(
                        new Subject(
                                "token:" + row.getLong("id"),
                                "token " + row.getString("name"),
                                null,
                                null,
                                Map.of(),
                                "/settings/tokens"),
                        "API token " + row.getString("prefix"),
                        Columns.instant(row, "expires_at"),
                        now))
                .list();
    }

    static Observation certificate(WatchedHost host, Path file, Instant now) {
        var subject = new Subject(
                "certificate:" + host.id(),
                "client certificate of " + host.name(),
                host.id(),
                null,
                host.labels(),
                "/hosts/" + host.id());
        try (var bytes = Files.newInputStream(file)) {
            var read = CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            return read instanceof X509Certificate certificate
                    ? observation(
                            subject,
                            "The client certificate",
                            certificate.getNotAfter().toInstant(),
                            now)
                    : Observation.unknown(RuleId.EXPIRY, subject, "The file of the certificate has another format.");
        } catch (IOException | CertificateException e) {
            return Observation.unknown(RuleId.EXPIRY, subject, "The file of the certificate cannot be read.");
        }
    }

    private static Observation observation(Subject subject, String what, Instant end, Instant now) {
        boolean over = !end.isAfter(now);
        return new Observation(
                RuleId.EXPIRY,
                subject,
                new Measured(
                        Unit.DURATION, Math.max(0, Duration.between(now, end).toSeconds())),
                what + (over ? " expired at " : " expires at ") + Timestamps.text(end) + ".",
                List.of(new Fact("End", Timestamps.text(end))));
    }
}
