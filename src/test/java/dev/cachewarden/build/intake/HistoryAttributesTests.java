package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.ProjectName.Known;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.StatusUpdate;
import dev.cachewarden.progress.VertexUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryAttributesTests {

    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void bestNameWins() {
        var attributes = new TreeMap<>(Map.of(
                "build-arg:BUILDKIT_BUILD_NAME", "nightly",
                "vcs:source", "https://x:y@git.example/team/app.git",
                "vcs:localdir:dockerfile", "services/api",
                "label:com.docker.compose.project", "shop",
                "label:com.docker.compose.service", "web"));
        var built = progress("naming to docker.io/acme/web:1.2");

        assertThat(project(attributes, built)).isEqualTo(new ProjectName("nightly", Known.BUILD_NAME));
        attributes.remove("build-arg:BUILDKIT_BUILD_NAME");
        assertThat(project(attributes, built))
                .isEqualTo(new ProjectName("git.example/team/app/services/api", Known.REPOSITORY));
        attributes.remove("vcs:source");
        assertThat(project(attributes, built)).isEqualTo(new ProjectName("shop/web", Known.COMPOSE));
        attributes.keySet().removeIf(key -> key.startsWith("label:"));
        assertThat(project(attributes, built)).isEqualTo(new ProjectName("acme/web", Known.IMAGE));
        assertThat(project(attributes, progress("exporting layers")))
                .isEqualTo(new ProjectName("Dockerfile of build, debian", Known.DOCKERFILE));
    }

    @ParameterizedTest
    @CsvSource({
        "naming to docker.io/library/app, app",
        "naming to docker.io/library/app:latest, app",
        "naming to registry.example:5000/team/app:1, registry.example:5000/team/app",
        "naming to registry.example/app@sha256:abc, registry.example/app",
    })
    void imageIsNamedWithoutItsTag(String status, String project) {
        assertThat(project(Map.of(), progress(status)).name()).isEqualTo(project);
    }

    @Test
    void namelessImageIsNoName() {
        assertThat(project(Map.of(), progress("naming to moby-dangling@sha256:abc"))
                        .known())
                .isEqualTo(Known.DOCKERFILE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://token@git.example/a/b.git#main, git.example/a/b",
        "git@git.example:a/b.git, git.example/a/b",
        "ssh://git@git.example/a/b, git.example/a/b",
    })
    void repositoryNameExcludesProtocolUserAndReference(String address, String name) {
        assertThat(HistoryAttributes.repository(address)).isEqualTo(name);
    }

    @Test
    void outlineContainsTheBuildOptions() {
        var attributes = Map.of(
                "filename", "Dockerfile.prod",
                "target", "app",
                "platform", "linux/arm64,linux/amd64",
                "no-cache", "",
                "vcs:revision", "abc-dirty",
                "build-arg:TOKEN", "secret-value");
        var read = new HistoryAttributes(attributes);

        var outline = read.outline(progress("exporting layers"), Map.of("TOKEN", "d1"));

        assertThat(read.arguments()).containsOnly(Map.entry("TOKEN", "secret-value"));
        assertThat(outline.dockerfile()).isEqualTo("Dockerfile.prod");
        assertThat(outline.target()).isEqualTo("app");
        assertThat(outline.platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(outline.noCache()).isTrue();
        assertThat(outline.revision()).isEqualTo("abc-dirty");
        assertThat(outline.toString()).doesNotContain("secret-value");
    }

    private static ProjectName project(Map<String, String> attributes, BuildProgress progress) {
        return new HistoryAttributes(attributes).outline(progress, Map.of()).project();
    }

    private static BuildProgress progress(String exported) {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        recorder.vertex(vertex("a", "[build 1/2] FROM docker.io/library/debian:12@sha256:0123"));
        recorder.vertex(vertex("b", "[build 2/2] RUN make"));
        recorder.vertex(vertex("c", "exporting to image"));
        recorder.status(new StatusUpdate("c", exported, 0, 0, BEGUN, BEGUN));
        return recorder.progress();
    }

    private static VertexUpdate vertex(String id, String name) {
        return new VertexUpdate(id, name, List.of(), BEGUN, BEGUN.plusSeconds(1), false, null);
    }
}
