package dev.cachewarden.host.registry;

import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.VisibleText;
import dev.cachewarden.store.Columns;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entity of a registered host. */
@Entity
class Host {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;

    /**
     * The key for the uniqueness of the name. Null if another host already had this key before the check was introduced; the host keeps its
     * name.
     */
    private @Nullable String nameKey;

    @Enumerated(EnumType.STRING)
    private HostKind kind;

    private String address;
    private @Nullable String tlsCa;
    private @Nullable String tlsCertificate;
    private @Nullable String tlsKey;

    private @Nullable String freeDiskFrom;
    private @Nullable String freeDiskKey;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> labels;

    private int pollIntervalSeconds;
    private boolean enabled;
    private final Instant createdAt;
    private @Nullable String engineId;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String capabilities;

    @Enumerated(EnumType.STRING)
    private State reachability;

    private Instant reachabilitySince;

    @Enumerated(EnumType.STRING)
    private HostProblem.@Nullable Cause problemCause;

    private @Nullable String problemMessage;
    private @Nullable String configFile;

    @Embedded
    private @Nullable HostDisk disk;

    @Version
    private int version;

    @OneToMany(mappedBy = "host", cascade = CascadeType.ALL)
    @OrderBy("name")
    private final List<HostBuilder> builders = new ArrayList<>();

    /** The kinds of {@link Reachability}, as stored. */
    enum State {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    Host(HostDraft draft, Instant createdAt) {
        this.createdAt = createdAt;
        this.reachability = State.UNKNOWN;
        this.reachabilitySince = createdAt;
        this.nameKey = VisibleText.key(draft.connection().name());
        take(draft);
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    Host() {
        this.createdAt = null;
    }

    /** Applies a change. The reachability becomes unknown if the connection changes, or the host is enabled or disabled. */
    void revise(HostDraft draft, Instant now) {
        boolean sameWay = draft.connection().kind() == kind
                && draft.connection().address().equals(address())
                && draft.enabled() == enabled;
        if (!sameWay || !draft.connection().freeDiskFrom().equals(freeDiskFrom())) {
            // The reading is from another source, and perhaps of another disk.
            disk = null;
        }
        if (!draft.connection().name().equals(name)) {
            nameKey = VisibleText.key(draft.connection().name());
        }
        take(draft);
        if (!sameWay) {
            become(State.UNKNOWN, null, now);
        }
    }

    private void take(HostDraft draft) {
        name = draft.connection().name();
        kind = draft.connection().kind();
        address = draft.connection().address().text();
        var tls = draft.connection().address() instanceof HostAddress.TlsTcp tcp ? tcp.files() : null;
        tlsCa = tls == null ? null : tls.ca().toString();
        tlsCertificate = tls == null ? null : tls.certificate().toString();
        tlsKey = tls == null ? null : tls.key().toString();
        var source = draft.connection().freeDiskFrom();
        freeDiskFrom = source.text().isEmpty() ? null : source.text();
        freeDiskKey = source instanceof DiskSource.Ssh ssh ? ssh.key().toString() : null;
        labels = draft.labels();
        pollIntervalSeconds = Math.toIntExact(draft.pollInterval().toSeconds());
        enabled = draft.enabled();
    }

    /** Stores the result of a probe. The first probe determines the engine of the host. */
    void recordProbe(HostCapabilities found) {
        if (engineId == null) {
            engineId = found.engineId();
        }
        capabilities = Columns.json(found);
        if (builders.isEmpty()) {
            builders.add(new HostBuilder(this, kind, found.probedAt()));
        }
    }

    /** Returns the start of the outage that ends, or null if the host was not unreachable. */
    @Nullable
    Instant recordReachable(Instant now) {
        var outage = reachability == State.UNREACHABLE ? reachabilitySince : null;
        if (reachability != State.REACHABLE) {
            become(State.REACHABLE, null, now);
        }
        return outage;
    }

    /** Returns whether an outage begins. */
    boolean recordUnreachable(HostProblem problem, Instant now) {
        boolean begins = reachability != State.UNREACHABLE;
        if (begins) {
            become(State.UNREACHABLE, problem, now);
        } else if (problem.cause() != problemCause || !problem.message().equals(problemMessage)) {
            become(State.UNREACHABLE, problem, reachabilitySince);
        }
        return begins;
    }

    /** Stores a reading of the disk from the current source. Does not store the same problem again. */
    void recordDisk(DiskSource source, DiskReading reading) {
        if (source.equals(freeDiskFrom()) && (disk == null || !disk.hasSameProblem(reading))) {
            disk = new HostDisk(reading);
        }
    }

    private void become(State state, @Nullable HostProblem problem, Instant since) {
        reachability = state;
        reachabilitySince = since;
        problemCause = problem == null ? null : problem.cause();
        problemMessage = problem == null ? null : problem.message();
    }

    /** Sets the configuration file that manages the host, or null if users manage it. */
    void belongTo(@Nullable String file) {
        configFile = file;
    }

    @Nullable
    String configFile() {
        return configFile;
    }

    @Nullable
    String engineId() {
        return engineId;
    }

    HostConnection connection() {
        return new HostConnection(name, kind, address(), freeDiskFrom());
    }

    private DiskSource freeDiskFrom() {
        return DiskSource.parse(freeDiskFrom, freeDiskKey == null ? null : Path.of(freeDiskKey));
    }

    private HostAddress address() {
        boolean plain = tlsCa == null || tlsCertificate == null || tlsKey == null;
        return HostAddress.parse(
                address, plain ? null : new TlsFiles(Path.of(tlsCa), Path.of(tlsCertificate), Path.of(tlsKey)));
    }

    HostId id() {
        return new HostId(Objects.requireNonNull(id, "not stored yet"));
    }

    WatchedHost watched() {
        return new WatchedHost(
                id(),
                connection(),
                labels,
                Duration.ofSeconds(pollIntervalSeconds),
                enabled,
                engineId,
                capabilities == null ? null : Columns.fromJson(capabilities, HostCapabilities.class),
                reachability(),
                builders.stream().map(HostBuilder::builder).toList(),
                configFile,
                disk == null ? null : disk.reading());
    }

    private Reachability reachability() {
        return switch (reachability) {
            case UNKNOWN -> new Reachability.Unknown(reachabilitySince);
            case REACHABLE -> new Reachability.Reachable(reachabilitySince);
            case UNREACHABLE ->
                new Reachability.Unreachable(
                        reachabilitySince,
                        new HostProblem(Objects.requireNonNull(problemCause), Objects.requireNonNull(problemMessage)));
        };
    }
}
