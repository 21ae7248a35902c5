package dev.cachewarden.build.steps;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.StatusUpdate;
import dev.cachewarden.progress.VertexUpdate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build put together by hand, told as BuildKit tells it. As on a real engine the digest of a vertex follows from its instruction and what it
 * depends on, and that of the context from the session too, which is another one in each build.
 */
public final class TestBuild {

    public static final String CONTEXT = "[internal] load build context";

    private final ProgressRecorder recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
    private final Map<String, String> digests = new HashMap<>();
    private final Instant began;
    private Instant now;
    private String settings = "";

    private TestBuild(Instant began) {
        this.began = began;
        this.now = began;
    }

    public static TestBuild aBuild() {
        return at(Instant.parse("2026-03-01T10:00:00Z"));
    }

    public static TestBuild at(Instant began) {
        return new TestBuild(began);
    }

    /** What BuildKit does before the first instruction; the context is sent while the base image is looked up. */
    public TestBuild begins(String image) {
        return ran("[internal] load build definition from Dockerfile", 20)
                .ran("[internal] load metadata for " + image, 300)
                .ran("[internal] load .dockerignore", 10)
                .sent(CONTEXT, 50, 2_000_000);
    }

    /** ENV, SHELL, USER and the like: they make no vertex, but are part of those that follow. */
    public TestBuild settings(String settings) {
        this.settings = settings;
        return this;
    }

    public TestBuild sent(String name, long millis, long bytes) {
        ran(name, millis);
        recorder.status(new StatusUpdate(digest(name), "transferring context:", bytes, 0, now, now));
        return this;
    }

    /** One after the other; those it depends on by their names. */
    public TestBuild ran(String name, long millis, String... inputs) {
        var started = now;
        now = now.plusMillis(millis);
        return add(name, started, now, false, null, inputs);
    }

    public TestBuild ranAt(String name, long fromMillis, long toMillis, String... inputs) {
        now = began.plusMillis(toMillis);
        return add(name, began.plusMillis(fromMillis), now, false, null, inputs);
    }

    public TestBuild cached(String name, String... inputs) {
        return add(name, now, now, true, null, inputs);
    }

    public TestBuild failed(String name, long millis, String... inputs) {
        var started = now;
        now = now.plusMillis(millis);
        return add(
                name,
                started,
                now,
                false,
                "process \"/bin/sh -c …\" did not complete successfully: exit code: 1",
                inputs);
    }

    public TestBuild cancelled(String name, long millis, String... inputs) {
        var started = now;
        now = now.plusMillis(millis);
        return add(name, started, now, false, "context canceled", inputs);
    }

    public TestBuild running(String name, String... inputs) {
        recorder.vertex(new VertexUpdate(digestOf(name, inputs), name, digests(inputs), now, null, false, null));
        return this;
    }

    /** Named, but never begun. */
    public TestBuild waiting(String name, String... inputs) {
        recorder.vertex(new VertexUpdate(digestOf(name, inputs), name, digests(inputs), null, null, false, null));
        return this;
    }

    public TestBuild passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    private TestBuild add(
            String name, Instant started, Instant ended, boolean cached, @Nullable String error, String... inputs) {
        recorder.vertex(new VertexUpdate(digestOf(name, inputs), name, digests(inputs), started, ended, cached, error));
        return this;
    }

    private List<String> digests(String... inputs) {
        List<String> known = new ArrayList<>();
        for (String input : inputs) {
            known.add(digest(input));
        }
        return known;
    }

    private String digest(String name) {
        String digest = digests.get(name);
        if (digest == null) {
            throw new IllegalArgumentException("There is no vertex '" + name + "' before");
        }
        return digest;
    }

    private String digestOf(String name, String... inputs) {
        String session = name.startsWith("[internal] load") && !name.contains("metadata") ? began.toString() : "";
        String instruction = name.replaceFirst("^\\[(linux/\\w+)?[^\\]]*\\] ?", "$1 ");
        return digests.computeIfAbsent(
                name, any -> sha256(instruction + session + settings + String.join(",", digests(inputs))));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Instant began() {
        return began;
    }

    public BuildProgress progress() {
        return recorder.progress();
    }

    public List<BuildStep> steps() {
        return BuildSteps.of(progress(), StepRules.standard());
    }

    /** The only step whose name ends so. */
    public static BuildStep step(List<BuildStep> steps, String ending) {
        var found = steps.stream().filter(step -> step.name().endsWith(ending)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("There are " + found.size() + " steps '" + ending + "' in "
                    + Arrays.toString(steps.stream().map(BuildStep::name).toArray()));
        }
        return found.getFirst();
    }
}
