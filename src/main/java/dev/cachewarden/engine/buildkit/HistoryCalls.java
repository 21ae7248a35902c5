package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.ClockOffset;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.buildkit.DrainedCall.BacklogException;
import dev.cachewarden.engine.buildkit.DrainedCall.SilenceException;
import dev.cachewarden.engine.buildkit.DrainedCall.WhenFull;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEventType;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRequest;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.StatusRequest;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The calls that report builds. The builder answers each of them with a stream. */
final class HistoryCalls {

    private static final String LISTEN = "Control/ListenBuildHistory";
    private static final String STATUS = "Control/Status";

    /** The pause after which the recorded builds count as complete. A builder sends them without longer pauses. */
    private static final Duration QUIET = Duration.ofMillis(500);

    /** The time limit to receive the header. A builder before 0.12 sends no header, and may have no message to send. */
    private static final Duration CLOCK_WITHIN = Duration.ofSeconds(2);

    private final EngineSettings settings;
    private final Channels channels;
    private final InstantSource clock;

    HistoryCalls(EngineSettings settings, Channels channels, InstantSource clock) {
        this.settings = settings;
        this.channels = channels;
        this.clock = clock;
    }

    /** Implements {@link ControlClient#clock}. */
    ClockOffset clock(HostConnection host, ControlAccess access) {
        var request = BuildHistoryRequest.newBuilder()
                .setActiveOnly(true)
                .setEarlyExit(true)
                .build();
        var builderClock = new BuilderClock(clock);
        var channel = ClientInterceptors.intercept(channels.to(host, access), builderClock);
        try (var call = DrainedCall.start(
                channel, ControlGrpc.getListenBuildHistoryMethod(), request, CLOCK_WITHIN, WhenFull.GIVE_UP)) {
            call.next(CLOCK_WITHIN);
        } catch (StatusRuntimeException | SilenceException | BacklogException e) {
            // Other calls report a missing history and a broken connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GrpcFailures(host).plain().interrupted(LISTEN);
        }
        return builderClock.offset();
    }

    /** Implements {@link ControlClient#listenBuildHistory}. */
    void listen(HostConnection host, ControlAccess access, Duration within, Consumer<BuildHistoryEvent> onEvent) {
        var request = BuildHistoryRequest.getDefaultInstance();
        var builderClock = new BuilderClock(clock);
        var wire = new BuildWire(builderClock, settings.limits());
        try {
            stream(
                    new Asked<>(host, access, ControlGrpc.getListenBuildHistoryMethod(), request, within, builderClock),
                    counted(event -> publish(wire, event, onEvent)),
                    () -> onEvent.accept(new BuildHistoryEvent.CaughtUp()));
        } catch (BacklogException e) {
            throw new GrpcFailures(host).plain().badAnswer(LISTEN, String.valueOf(e.getMessage()), e);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                channels.dropIfBroken(host, access, e);
                throw new GrpcFailures(host).toException(LISTEN, within, e);
            }
        }
    }

    private <A> Consumer<A> counted(Consumer<A> onMessage) {
        var count = new AtomicInteger();
        int most = settings.limits().maxBuildEvents();
        return message -> {
            if (count.incrementAndGet() > most) {
                throw new BadMessageException(
                        EngineLimits.exceeded("more than " + most + " messages of builds", "max-build-events"));
            }
            onMessage.accept(message);
        };
    }

    private static void publish(
            BuildWire wire,
            dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent event,
            Consumer<BuildHistoryEvent> onEvent) {
        WireTypes.requireKnown(event, " of a build event");
        if (event.getType() == BuildHistoryEventType.DELETED) {
            onEvent.accept(new BuildHistoryEvent.Forgotten(wire.ref(event.getRecord())));
        } else if (event.getType() != BuildHistoryEventType.UNRECOGNIZED) {
            var build = wire.record(event.getRecord());
            onEvent.accept(
                    event.getType() == BuildHistoryEventType.STARTED
                            ? new BuildHistoryEvent.Started(build)
                            : new BuildHistoryEvent.Ended(build));
        }
    }

    /** Implements {@link ControlClient#progress}. */
    BuildProgress progress(HostConnection host, ControlAccess access, String ref, ProgressLimits limits) {
        var recorder = new ProgressRecorder(limits);
        var within = settings.callTimeout();
        var builderClock = new BuilderClock(clock);
        var wire = new BuildWire(builderClock, settings.limits());
        try {
            stream(
                    new Asked<>(host, access, ControlGrpc.getStatusMethod(), status(ref), within, builderClock),
                    status -> wire.record(status, recorder),
                    () -> {});
        } catch (BacklogException e) {
            if (e.crowded()) {
                throw bufferOverflow(host, e);
            }
            return withGap(recorder.progress(), "Some of its steps are unknown: " + e.getMessage() + ".");
        } catch (StatusRuntimeException e) {
            channels.dropIfBroken(host, access, e);
            throw new GrpcFailures(host).toException(STATUS, within, e);
        }
        return recorder.progress();
    }

    private static EngineUnreachableException bufferOverflow(HostConnection host, BacklogException failure) {
        var failures = new GrpcFailures(host).plain();
        return failures.problem(
                HostProblem.Cause.BAD_ANSWER,
                "Cachewarden stopped reading the response of " + failures.who() + " to " + STATUS + ": "
                        + failure.getMessage(),
                failure);
    }

    /** Implements {@link ControlClient#followProgress}. */
    void follow(
            HostConnection host,
            ControlAccess access,
            String ref,
            ProgressLimits limits,
            BuildHistory.Pace pace,
            Consumer<BuildProgress> soFar) {
        var failures = new GrpcFailures(host);
        var builderClock = new BuilderClock(clock);
        var asked = new Asked<>(host, access, ControlGrpc.getStatusMethod(), status(ref), pace.within(), builderClock);
        try (var call = start(asked)) {
            new PacedProgress(
                            new BuildWire(builderClock, settings.limits()),
                            new ProgressRecorder(limits),
                            pace.every(),
                            soFar)
                    .read(call);
        } catch (BadMessageException e) {
            throw failures.plain().badAnswer(STATUS, String.valueOf(e.getMessage()), e);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                channels.dropIfBroken(host, access, e);
                throw failures.toException(STATUS, pace.within(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.plain().interrupted(STATUS);
        }
    }

    private static StatusRequest status(String ref) {
        return StatusRequest.newBuilder().setRef(ref).build();
    }

    static BuildProgress withGap(BuildProgress progress, String gap) {
        var gaps = new ArrayList<>(progress.gaps());
        gaps.add(gap);
        return new BuildProgress(progress.target(), progress.vertices(), progress.warnings(), progress.failure(), gaps);
    }

    /** A call and its parameters. */
    private record Asked<Q, A extends MessageLite>(
            HostConnection host,
            ControlAccess access,
            MethodDescriptor<Q, A> method,
            Q request,
            Duration within,
            BuilderClock clock) {}

    private <Q, A extends MessageLite> DrainedCall<A> start(Asked<Q, A> asked) {
        var channel = ClientInterceptors.intercept(channels.to(asked.host(), asked.access()), asked.clock());
        return DrainedCall.start(channel, asked.method(), asked.request(), asked.within(), WhenFull.GIVE_UP);
    }

    /** @param onQuiet called once, after the first pause in the stream */
    private <Q, A extends MessageLite> void stream(Asked<Q, A> asked, Consumer<A> onMessage, Runnable onQuiet)
            throws BacklogException {
        var failures = new GrpcFailures(asked.host()).plain();
        String endpoint = "Control/" + asked.method().getBareMethodName();
        try (var call = start(asked)) {
            if (readUntilQuiet(call, onMessage)) {
                onQuiet.run();
                for (var next = call.next(asked.within()); next != null; next = call.next(asked.within())) {
                    onMessage.accept(next);
                }
            }
        } catch (BadMessageException e) {
            throw failures.badAnswer(endpoint, String.valueOf(e.getMessage()), e);
        } catch (SilenceException e) {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(endpoint);
        }
    }

    /** Returns false if the stream has ended. */
    private static <A extends MessageLite> boolean readUntilQuiet(DrainedCall<A> call, Consumer<A> onMessage)
            throws BacklogException, InterruptedException {
        try {
            for (var next = call.next(QUIET); next != null; next = call.next(QUIET)) {
                onMessage.accept(next);
            }
            return false;
        } catch (SilenceException e) {
            return true;
        }
    }
}
