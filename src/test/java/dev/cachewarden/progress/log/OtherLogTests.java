package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of other builders, and what people send for the log of a build: the refusal names it. */
class OtherLogTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INFO[0000] Retrieving image manifest debian:12\nINFO[0001] Built cross stage deps: map[]\n",
                "INFO[0003] Executing 0 build triggers               \nINFO[0003] Building stage 'debian:12' [idx: '0', base-idx: '-1']\n",
                "\u001b[36mINFO\u001b[0m[0000] Retrieving image manifest debian:12         \n",
                "INFO[0000] Downloading base image debian:9\nINFO[0002] Taking snapshot of full filesystem...\n",
                "{\"level\":\"info\",\"msg\":\"Retrieving image manifest debian:12\",\"time\":\"2026-03-01T10:00:00Z\"}\n",
                "time=\"2026-03-01T10:00:00Z\" level=info msg=\"Unpacking rootfs as cmd RUN make requires it.\"\n",
                "Running with gitlab-runner 17.0\n$ /kaniko/executor --context .\nINFO[0001] Checking for cached layer registry.test/cache:12ab...\n",
                "    [build : push] INFO[0002] Using caching version of cmd: RUN make\n",
                "kit-1-builder kaniko DEBU[0000] Skip resolving path /kaniko/cache\nkit-1-builder kaniko INFO[0000] Resolved base name debian to debian\n",
                "INFO[0030] Downloading base image debian:12\n",
                "INFO Retrieving image manifest debian:12\n#12 is fixed by this\n",
            })
    void kanikoIsNamed(String log) {
        assertRefused(log, "Kaniko");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STEP 1/3: FROM docker.io/library/debian:12\nSTEP 2/3: RUN make\n--> Using cache 0a1b\n",
                "STEP 1: FROM debian:12\nSTEP 2: RUN make\n--> 0a1b2c3d4e5\n",
                "[1/2] STEP 1/4: FROM golang:1 AS build\n[1/2] STEP 2/4: COPY . .\n",
                "Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.\n",
            })
    void buildahAndPodmanAreNamed(String log) {
        assertRefused(log, "Buildah or Podman");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sending build context to Docker daemon  2.048kB\nStep 0 : FROM debian\n ---> 0a1b2c3d4e5f\n",
                "Step 0 : FROM debian\n",
                "Step 1 : RUN make\n",
                "Step 1/2 : FROM debian\n",
                "web uses an image, skipping\nBuilding api\nStep 1/4 : FROM node:22\n",
                "{\"stream\":\"Step 1/2 : FROM debian:12\"}\n{\"stream\":\"\\n\"}\n",
                "\u001b[33mStep 1/2 : FROM debian\u001b[0m\n",
            })
    void classicBuilderIsNamed(String log) {
        assertRefused(log, "classic builder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'===> ANALYZING\n[analyzer] Previous image not found\n===> DETECTING\n'|Buildpacks",
                "'[INFO]     [creator]     ===> RESTORING\n'|Buildpacks",
                "'[INFO] Containerizing application to registry.test/app...\n[INFO] Using base image with digest: sha256:1\n'|Jib",
                "'> Task :jibDockerBuild\n'|Jib",
                "'Starting local Bazel server and connecting to it...\n'|Bazel",
                "'INFO: Analyzed target //app:image (0 packages loaded).\nINFO: Build completed successfully, 3 total actions\n'|Bazel",
                "'               +build | --> RUN make\n'|Earthly",
                "'╔══════ Nixpacks v1.34.1 ══════╗\n║ setup │ nodejs ║\n'|Nixpacks",
                "'time=\"2026-03-01T10:00:00Z\" level=info msg=\"running server on /run/buildkit/buildkitd.sock\"\n'|BuildKit daemon",
                "'time=\"2026-03-01T10:00:00Z\" level=info msg=\"Loading containers: start.\"\n'|Docker Engine",
                "'Using default tag: latest\nlatest: Pulling from library/debian\n0a1b2c3d4e5f: Pull complete\n'|docker pull",
                "'The push refers to repository [registry.test/app]\n0a1b2c3d4e5f: Layer already exists\n'|docker push",
                "'[+] Running 2/2\n \u2714 Container app-web-1  Started\n'|Compose",
                "' Container app-web-1  Creating\n Container app-web-1  Created\n'|Compose",
                "'Attaching to web-1\nweb-1  | ready\n'|Compose",
                "'{\"id\":\"moby.buildkit.trace\",\"aux\":\"CgYKBA==\"}\n'|Engine API",
                "'FROM debian:12\nRUN make\n'|Dockerfile",
                "'# syntax=docker/dockerfile:1\nFROM debian:12\n'|Dockerfile",
            })
    void othersAreNamed(String log, String name) {
        assertRefused(log, name);
    }

    @Test
    void whatIsLikeNoneIsShown() {
        assertRefused("hello\nFROM here on\n", "The file contains no build step. It begins with: hello");
    }

    /** Before a build with BuildKit, as a deployment prints all of it. */
    @Test
    void aBuildBehindTheLogOfAnotherIsRead() {
        var builds = RecordedLog.read("""
                latest: Pulling from library/debian
                0a1b2c3d4e5f: Pull complete
                Step 1/2 : FROM debian
                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.0s

                #2 [1/1] RUN make
                #2 CACHED
                """.getBytes(UTF_8));

        assertThat(builds)
                .singleElement()
                .satisfies(build -> assertThat(build.vertices()).hasSize(2));
    }

    private static void assertRefused(String log, String words) {
        assertThatThrownBy(() -> RecordedLog.read(log.getBytes(UTF_8)))
                .isInstanceOf(NotABuildLogException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("--progress=plain");
    }
}
