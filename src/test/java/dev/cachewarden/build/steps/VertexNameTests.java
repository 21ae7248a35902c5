package dev.cachewarden.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertexNameTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', nullValues = "-", textBlock = """
            [2/4] RUN make ¦ RUN ¦ - ¦ - ¦ 2 ¦ RUN make
            [build 2/5] RUN make ¦ RUN ¦ - ¦ build ¦ 2 ¦ RUN make
            [build  2/12] RUN a &&     b ¦ RUN ¦ - ¦ build ¦ 2 ¦ RUN a && b
            [stage-1  3/12] COPY . . ¦ COPY ¦ - ¦ stage-1 ¦ 3 ¦ COPY . .
            [linux/arm64 build 2/5] ADD a b ¦ ADD ¦ linux/arm64 ¦ build ¦ 2 ¦ ADD a b
            [linux/arm/v7 2/5] WORKDIR /app ¦ WORKDIR ¦ linux/arm/v7 ¦ - ¦ 2 ¦ WORKDIR /app
            [linux/amd64->arm64 build 1/5] FROM a ¦ FROM ¦ linux/amd64->arm64 ¦ build ¦ 1 ¦ FROM a
            [web build 2/5] RUN make ¦ RUN ¦ - ¦ web build ¦ 2 ¦ RUN make
            [web linux/arm64 build 2/5] RUN make ¦ RUN ¦ linux/arm64 ¦ web build ¦ 2 ¦ RUN make
            [1/2] ONBUILD RUN make ¦ RUN ¦ - ¦ - ¦ 1 ¦ ONBUILD RUN make
            [2/4] VOLUME /data ¦ OTHER_INSTRUCTION ¦ - ¦ - ¦ 2 ¦ VOLUME /data
            [2/4] RUN [ -f x/2 ] || exit 1/1 ¦ RUN ¦ - ¦ - ¦ 2 ¦ RUN [ -f x/2 ] || exit 1/1
            [internal] load build definition from Dockerfile ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load build definition from Dockerfile
            [internal] load .dockerignore ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load .dockerignore
            [internal] load build context ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load build context
            [internal] load remote build context ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load remote build context
            [internal] load git source https://example.com/a.git ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load git source https://example.com/a.git
            [internal] load metadata for docker.io/library/a:1 ¦ METADATA ¦ - ¦ - ¦ 0 ¦ load metadata for docker.io/library/a:1
            [linux/arm64 internal] load metadata for a:1 ¦ METADATA ¦ linux/arm64 ¦ - ¦ 0 ¦ load metadata for a:1
            [web internal] load .dockerignore ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load .dockerignore
            [web] exporting to image ¦ EXPORT ¦ - ¦ - ¦ 0 ¦ exporting to image
            [internal] booting buildkit ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ booting buildkit
            [internal] preparing inline document ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ preparing inline document
            [auth] library/alpine:pull token for registry.example ¦ METADATA ¦ - ¦ - ¦ 0 ¦ library/alpine:pull token for registry.example
            [context app] load metadata for docker.io/library/a ¦ METADATA ¦ - ¦ - ¦ 0 ¦ load metadata for docker.io/library/a
            [context app] load from client ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ load from client
            [context app] docker-image://docker.io/library/a ¦ FROM ¦ - ¦ - ¦ 0 ¦ docker-image://docker.io/library/a
            [context app] OCI load from client ¦ FROM ¦ - ¦ - ¦ 0 ¦ OCI load from client
            FROM ghcr.io/astral-sh/uv:latest ¦ FROM ¦ - ¦ - ¦ 0 ¦ FROM ghcr.io/astral-sh/uv:latest
            resolve image config for docker-image://docker.io/docker/dockerfile:1 ¦ METADATA ¦ - ¦ - ¦ 0 ¦ resolve image config for docker-image://docker.io/docker/dockerfile:1
            docker-image://docker.io/docker/dockerfile:1 ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ docker-image://docker.io/docker/dockerfile:1
            https://example.com/tini ¦ TRANSFER ¦ - ¦ - ¦ 0 ¦ https://example.com/tini
            importing cache manifest from a/b:c ¦ CACHE_IMPORT ¦ - ¦ - ¦ 0 ¦ importing cache manifest from a/b:c
            exporting cache to client directory ¦ CACHE_EXPORT ¦ - ¦ - ¦ 0 ¦ exporting cache to client directory
            preparing layers for inline cache ¦ CACHE_EXPORT ¦ - ¦ - ¦ 0 ¦ preparing layers for inline cache
            exporting cache to registry ¦ CACHE_EXPORT ¦ - ¦ - ¦ 0 ¦ exporting cache to registry
            exporting to docker image format ¦ EXPORT ¦ - ¦ - ¦ 0 ¦ exporting to docker image format
            exporting to client directory ¦ EXPORT ¦ - ¦ - ¦ 0 ¦ exporting to client directory
            importing to docker ¦ EXPORT ¦ - ¦ - ¦ 0 ¦ importing to docker
            pushing a:1 with docker ¦ EXPORT ¦ - ¦ - ¦ 0 ¦ pushing a:1 with docker
            resolving provenance for metadata file ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ resolving provenance for metadata file
            [linux/amd64] generating sbom using docker.io/docker/buildkit-syft-scanner:stable-1 ¦ INTERNAL ¦ linux/amd64 ¦ - ¦ 0 ¦ generating sbom using docker.io/docker/buildkit-syft-scanner:stable-1
            /bin/sh -c apk add git ¦ RUN ¦ - ¦ - ¦ 0 ¦ /bin/sh -c apk add git
            something unknown ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ something unknown
            [build 2/5] RUN apt-get update && apt-get install -y --no-install-... ¦ RUN ¦ - ¦ build ¦ 2 ¦ RUN apt-get update && apt-get install -y --no-install-...
            [99999999/99999999] RUN x ¦ INTERNAL ¦ - ¦ - ¦ 0 ¦ RUN x
            """)
    void parsesVertexNames(String name, StepKind kind, String platform, String stage, int place, String text) {
        assertThat(VertexName.of(name)).isEqualTo(new VertexName(kind, platform, stage, place, text));
    }
}
