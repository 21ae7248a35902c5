package dev.cachewarden.host.registry;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostKind;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entity of a {@link Builder}. */
@Entity
@Table(name = "builder")
class HostBuilder {

    private static final String ONLY_ONE = "default";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "host_id")
    private final Host host;

    private final String name;
    private final String driver;
    private final Instant createdAt;

    /** Creates the only builder of an engine or a buildkitd. */
    HostBuilder(Host host, HostKind kind, Instant createdAt) {
        this.host = host;
        this.name = ONLY_ONE;
        this.driver = switch (kind) {
            case DOCKER_ENGINE -> "docker";
            case BUILDKITD -> "remote";
        };
        this.createdAt = createdAt;
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    HostBuilder() {
        this.host = null;
        this.name = null;
        this.driver = null;
        this.createdAt = null;
    }

    Builder builder() {
        return new Builder(new BuilderId(Objects.requireNonNull(id, "not stored yet")), host.id(), name, driver);
    }
}
