package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.intake.UploadIntake;
import dev.cachewarden.build.intake.UploadIntake.Taken;
import dev.cachewarden.build.intake.UploadedLog;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.HeaderText;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.OwnAddress;
import dev.cachewarden.rest.VisibleText;
import dev.cachewarden.rest.WrittenTime;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API that receives build logs. */
@RestController
class UploadController {

    private static final Logger LOG = LoggerFactory.getLogger(UploadController.class);
    private static final int LONGEST = 200;

    /** The maximum time by which the clock of a sender can be ahead of Cachewarden's clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private static final Duration LONGEST_BUILD = Duration.ofDays(365);

    /**
     * A condition that excludes the default content type of curl. The servlet container would read such a body as form fields, and discard
     * the log.
     */
    private static final String NO_FORM = "!application/x-www-form-urlencoded";

    private final UploadIntake intake;
    private final Builds builds;
    private final HostRegistry hosts;
    private final BuildSettings settings;
    private final OwnAddress address;
    private final InstantSource clock;

    UploadController(
            UploadIntake intake,
            Builds builds,
            HostRegistry hosts,
            BuildSettings settings,
            OwnAddress address,
            InstantSource clock) {
        this.address = address;
        this.intake = intake;
        this.builds = builds;
        this.hosts = hosts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The query parameters that describe a log.
     *
     * @param host name or ID of the host that the build ran on
     * @param label label that the sender chose, such as the intended scenario
     * @param duration time from start to end, such as {@code 12.5s} or {@code PT12.5S}
     */
    record UploadQuery(
            @Nullable String project,
            @Nullable String branch,
            @Nullable String revision,
            @Nullable String label,
            @Nullable String host,
            @Nullable String dockerfile,
            @Nullable String target,
            @Nullable Boolean noCache,
            @Nullable Instant startedAt,
            @Nullable String duration) {}

    /**
     * A stored build.
     *
     * @param known whether the build was already stored
     */
    record TakenResponse(boolean known, BuildResponse build) {}

    /** The stored builds, in the order of the log. */
    record UploadResponse(List<TakenResponse> builds) {}

    /**
     * Stores the builds of a log: the output of {@code --progress=plain} or {@code --progress=rawjson}, uncompressed or compressed with
     * gzip. Cachewarden detects the format. A client can send the log while the build runs. Then Cachewarden shows the build as running.
     * The query or headers such as {@code X-Cachewarden-Started-At} describe the log; the query has precedence.
     */
    @PostMapping(path = "/api/v1/builds", consumes = NO_FORM)
    @RequestBody(
            required = true,
            description = "The log of one or more builds. It can be compressed with gzip.",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The builds, if all were already stored.",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    ResponseEntity<UploadResponse> uploadBuilds(UploadQuery query, HttpServletRequest request) throws IOException {
        var taken = take(query, request);
        return status(taken)
                .body(new UploadResponse(taken.stream().map(this::answer).toList()));
    }

    /** Stores the builds of a log, and returns a few lines of text for users. */
    @PostMapping(path = "/api/v1/builds", consumes = NO_FORM, produces = "text/plain")
    @ApiResponse(
            responseCode = "200",
            description = "The builds, if all were already stored.",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    ResponseEntity<String> uploadBuildsAsText(UploadQuery query, HttpServletRequest request) throws IOException {
        var taken = take(query, request);
        var words = new UploadWords(builds, address.of(request).orElse(""));
        return status(taken)
                .body(VisibleText.ofLines(
                        taken.stream().map(Taken::id).map(words::of).collect(Collectors.joining("\n")) + "\n"));
    }

    private List<Taken> take(UploadQuery query, HttpServletRequest request) throws IOException {
        try (var patience = BodyPatience.of(request, settings.uploadSilence())) {
            return intake.take(toUploadedLog(query, request), sender(request), request.getInputStream());
        }
    }

    private static String sender(HttpServletRequest request) {
        var caller = Caller.of(request);
        return caller.token() == null ? caller.name() : caller.token();
    }

    /**
     * Handles an upload whose sender disconnected or sent nothing for too long, as reported by the servlet container. Cachewarden keeps the
     * received part, and marks the build as incomplete.
     */
    @ExceptionHandler
    void leave(IOException brokenOff, HttpServletRequest request) {
        LOG.debug("The upload of a build log ended early", brokenOff);
        // The container records the exception here, and its error page would report a server error.
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
    }

    private static BodyBuilder status(List<Taken> taken) {
        boolean anyNew = taken.stream().anyMatch(Taken::isNew);
        return ResponseEntity.status(anyNew ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create("/api/v1/builds/" + taken.getLast().id()));
    }

    private TakenResponse answer(Taken taken) {
        return new TakenResponse(
                !taken.isNew(), BuildResponse.of(builds.find(taken.id()).orElseThrow()));
    }

    private UploadedLog toUploadedLog(UploadQuery query, HttpServletRequest request) {
        return new UploadedLog(
                text(request, "project", query.project()),
                builder(text(request, "host", query.host())),
                text(request, "branch", query.branch()),
                text(request, "revision", query.revision()),
                text(request, "label", query.label()),
                text(request, "dockerfile", query.dockerfile()),
                text(request, "target", query.target()),
                query.noCache() == null
                        ? Boolean.parseBoolean(text(request, "noCache", null))
                        : query.noCache().booleanValue(),
                withinBounds(query.startedAt() == null ? time(text(request, "startedAt", null)) : query.startedAt()),
                duration(text(request, "duration", query.duration())));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : WrittenTime.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    "startedAt", "'" + text + "' is not a time; use one such as 2026-11-20T12:04:10Z");
        }
    }

    /**
     * Rejects a start in the future, or before the retention period. Both are mistakes or forgeries: the build has not started yet, or
     * would be deleted immediately.
     */
    private @Nullable Instant withinBounds(@Nullable Instant startedAt) {
        if (startedAt == null) {
            return null;
        }
        var now = clock.instant();
        if (startedAt.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw new InvalidInputException(
                    "startedAt",
                    "'" + startedAt + "' is in the future; the time of the server is " + Timestamps.text(now));
        }
        if (startedAt.isBefore(now.minus(settings.keep()))) {
            throw new InvalidInputException(
                    "startedAt",
                    "'" + startedAt + "' is longer ago than the retention of builds, " + Durations.text(settings.keep())
                            + " (cachewarden.build.keep)");
        }
        return startedAt;
    }

    private @Nullable BuilderId builder(@Nullable String host) {
        if (host == null) {
            return null;
        }
        return hosts.all().stream()
                .filter(known ->
                        known.name().equals(host) || known.id().toString().equals(host))
                .flatMap(known -> known.builders().stream())
                .map(builder -> builder.id())
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException("host", "'" + host + "' is not a host with a known cache"));
    }

    /** Returns the query parameter, or the header if the query does not have it: {@code X-Cachewarden-Started-At} for {@code startedAt}. */
    private static @Nullable String text(HttpServletRequest request, String field, @Nullable String asked) {
        String text = asked;
        if (text == null) {
            String header = request.getHeader("X-Cachewarden-" + field.replaceAll("(?=[A-Z])", "-"));
            // A script sets headers automatically. They are truncated and not rejected, so that no build is lost
            // because of a name.
            text = header == null ? null : cut(HeaderText.decode(header));
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new InvalidInputException(field, "must be at most " + LONGEST + " characters");
        }
        return text.strip();
    }

    private static String cut(String text) {
        var printable = text.replaceAll("\\p{Cntrl}", "");
        return printable.codePointCount(0, printable.length()) <= LONGEST
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, LONGEST));
    }

    private static @Nullable Duration duration(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var read = text.matches("\\d+(\\.\\d+)?s?")
                    ? Duration.ofNanos(Math.round(Double.parseDouble(text.replace("s", "")) * 1e9))
                    : Durations.parse(text);
            if (read.compareTo(LONGEST_BUILD) > 0) {
                throw new InvalidInputException("duration", "'" + text + "' exceeds the maximum of 1 year");
            }
            return read;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("duration", String.valueOf(e.getMessage()));
        }
    }
}
