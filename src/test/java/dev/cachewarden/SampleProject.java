package dev.cachewarden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A small project: a stage of packages, sources, a step that compiles. */
final class SampleProject {

    private final Path dir;
    private final String salt = UUID.randomUUID().toString();
    private String compile = "make all";
    private String mount = "";

    SampleProject(Path work) throws IOException {
        this.dir = Files.createDirectories(work.resolve("sample"));
        write("salt.txt", "");
        write("requirements.txt", "flask==3.0");
        write("src/main.py", "print(1)");
        writeDockerfile();
    }

    Path dir() {
        return dir;
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(dir.resolve(file).getParent());
        Files.writeString(dir.resolve(file), text + " # " + salt + "\n");
    }

    void compile(String command) throws IOException {
        compile = command;
        writeDockerfile();
    }

    /** The same with a cache mount at {@code /shared}, which all builds that name its id share. */
    void compile(String command, String mountId) throws IOException {
        mount = "--mount=type=cache,id=" + mountId + ",target=/shared ";
        compile(command);
    }

    private void writeDockerfile() throws IOException {
        Files.writeString(dir.resolve("Dockerfile"), """
                FROM scratch AS base
                COPY busybox salt.txt /bin/
                SHELL ["/bin/busybox", "sh", "-c"]
                ARG TOKEN
                WORKDIR /app
                COPY requirements.txt ./
                RUN echo pip install -r requirements.txt %s "$TOKEN"
                FROM base AS app
                ARG FLAVOUR=first
                RUN echo flavour $FLAVOUR
                COPY src/ src/
                RUN %s: ; %s
                """.formatted(
                        salt, mount, compile.startsWith("make") ? "echo " + compile : compile));
    }

    /** No image is left behind, which would hold its records against other tests. */
    List<String> command(String engine, List<String> flags) {
        var command = new ArrayList<>(List.of("bash", "src/test/engines/engines", "build", engine, dir.toString()));
        command.addAll(List.of("--output", "type=cacheonly"));
        command.addAll(flags);
        return command;
    }
}
