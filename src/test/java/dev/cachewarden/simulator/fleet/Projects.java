package dev.cachewarden.simulator.fleet;

import dev.cachewarden.simulator.fleet.Project.Setup;
import java.util.List;

/** What the fleet builds: a shop's services and two models, with the sizes such images have. */
final class Projects {

    private static final long KB = 1_000;
    private static final long MB = 1_000_000;
    private static final long GB = 1_000_000_000;

    static final List<Project> ALL = List.of(
            new Project(
                    "storefront",
                    "docker.io/library/node:22-bookworm",
                    List.of(48 * MB, 24 * MB, 64 * MB, 211 * MB, 58 * MB),
                    List.of(),
                    "npm ci",
                    "package.json package-lock.json",
                    640 * MB,
                    "/root/.npm",
                    "npm run build",
                    85 * MB,
                    14 * MB,
                    "docker.io/library/nginx:1.29"),
            new Project(
                    "speech-model",
                    "docker.io/nvidia/cuda:12.8.1-cudnn-devel-ubuntu24.04",
                    List.of(30 * MB, 5 * MB, 54 * MB, 1_270 * MB, 2_550 * MB, 900 * MB),
                    List.of(new Setup(
                            "apt-get update && apt-get install -y --no-install-recommends git ffmpeg python3-pip",
                            690 * MB)),
                    "pip install -r requirements.txt",
                    "requirements.txt",
                    5_400 * MB,
                    "/root/.cache/pip",
                    "python download_models.py --all",
                    3 * GB,
                    52 * MB,
                    ""),
            new Project(
                    "tts-service",
                    "docker.io/library/python:3.13-slim",
                    List.of(29 * MB, 4 * MB, 12 * MB, 250 * KB),
                    List.of(
                            new Setup("apt-get update && apt-get install -y build-essential libsndfile1", 340 * MB),
                            new Setup("pip install flash-attn --no-build-isolation", 480 * MB)),
                    "uv sync --frozen",
                    "pyproject.toml uv.lock",
                    2_900 * MB,
                    "/root/.cache/uv",
                    "python -m compileall src",
                    6 * MB,
                    22 * MB,
                    ""),
            new Project(
                    "orders",
                    "docker.io/library/maven:3.9-eclipse-temurin-25",
                    List.of(30 * MB, 22 * MB, 158 * MB, 12 * MB),
                    List.of(),
                    "mvn -B dependency:go-offline",
                    "pom.xml",
                    310 * MB,
                    "/root/.m2",
                    "mvn -B -o package",
                    95 * MB,
                    9 * MB,
                    "docker.io/library/eclipse-temurin:25-jre"),
            new Project(
                    "gateway",
                    "docker.io/library/golang:1.25",
                    List.of(49 * MB, 24 * MB, 64 * MB, 92 * MB, 70 * MB),
                    List.of(),
                    "go mod download",
                    "go.mod go.sum",
                    280 * MB,
                    "/go/pkg/mod",
                    "CGO_ENABLED=0 go build -o /out/gateway ./cmd/gateway",
                    41 * MB,
                    6 * MB,
                    "gcr.io/distroless/static-debian12"),
            new Project(
                    "search",
                    "docker.io/library/rust:1.90",
                    List.of(49 * MB, 24 * MB, 64 * MB, 211 * MB, 190 * MB),
                    List.of(new Setup("cargo install cargo-chef", 120 * MB)),
                    "cargo chef cook --release --recipe-path recipe.json",
                    "recipe.json",
                    1_700 * MB,
                    "/usr/local/cargo/registry",
                    "cargo build --release",
                    920 * MB,
                    11 * MB,
                    "docker.io/library/debian:bookworm-slim"),
            new Project(
                    "backoffice",
                    "docker.io/library/php:8.4-apache",
                    List.of(28 * MB, 104 * MB, 20 * MB, 13 * MB),
                    List.of(new Setup("docker-php-ext-install pdo_pgsql intl opcache", 60 * MB)),
                    "composer install --no-dev --no-scripts",
                    "composer.json composer.lock",
                    130 * MB,
                    "/root/.composer/cache",
                    "composer dump-autoload -o",
                    18 * MB,
                    33 * MB,
                    ""),
            new Project(
                    "docs",
                    "docker.io/library/ruby:3.4",
                    List.of(49 * MB, 24 * MB, 64 * MB, 38 * MB),
                    List.of(),
                    "bundle install --jobs 4",
                    "Gemfile Gemfile.lock",
                    220 * MB,
                    "",
                    "bundle exec jekyll build",
                    45 * MB,
                    120 * MB,
                    "docker.io/library/nginx:1.29"));

    private Projects() {}
}
