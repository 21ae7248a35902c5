package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.state.EngineState;

/** {@code /version} and {@code /info}: what clients look at there, with the keys that engines send. */
final class EngineTexts {

    private EngineTexts() {}

    static String version(EngineState engine) {
        var generation = engine.generation();
        String details = """
                "ApiVersion":"%s","Arch":"amd64","BuildTime":"2026-05-07T21:09:36.000000000+00:00",\
                "Experimental":"false","GitCommit":"5150ca4","GoVersion":"go1.24.4","KernelVersion":"6.12.0",\
                "MinAPIVersion":"%s","Os":"linux"\
                """.formatted(generation.api(), generation.oldestApi());
        return """
                {"Platform":{"Name":""},"Components":[{"Name":"Engine","Version":"%1$s","Details":{%2$s}}],\
                "Version":"%1$s","ApiVersion":"%3$s","MinAPIVersion":"%4$s","GitCommit":"5150ca4",\
                "GoVersion":"go1.24.4","Os":"linux","Arch":"amd64","KernelVersion":"6.12.0",\
                "BuildTime":"2026-05-07T21:09:36.000000000+00:00"}
                """.formatted(generation.version(), details, generation.api(), generation.oldestApi());
    }

    static String info(EngineState engine) {
        var generation = engine.generation();
        boolean containerd = generation.containerdImageStore();
        String driver = containerd
                ? "\"Driver\":\"overlayfs\",\"DriverStatus\":[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]"
                : "\"Driver\":\"overlay2\",\"DriverStatus\":[[\"Backing Filesystem\",\"extfs\"],[\"Supports d_type\",\"true\"]]";
        return """
                {"ID":"%s","Containers":0,"ContainersRunning":0,"ContainersPaused":0,"ContainersStopped":0,"Images":0,\
                %s,"Plugins":{"Volume":["local"],"Network":["bridge","host"],"Authorization":null,"Log":["json-file"]},\
                "MemoryLimit":true,"SwapLimit":true,"Debug":false,"SystemTime":"%s","LoggingDriver":"json-file",\
                "CgroupDriver":"systemd","CgroupVersion":"2","KernelVersion":"6.12.0","OperatingSystem":"%s",\
                "OSVersion":"","OSType":"linux","Architecture":"x86_64","IndexServerAddress":"https://index.docker.io/v1/",\
                "NCPU":4,"MemTotal":16777216000,"GenericResources":null,"DockerRootDir":"/var/lib/docker","HttpProxy":"",\
                "HttpsProxy":"","NoProxy":"","Name":"%s","Labels":[],"ExperimentalBuild":false,"ServerVersion":"%s",\
                "DefaultRuntime":"runc","LiveRestoreEnabled":false,"Isolation":"","InitBinary":"docker-init",\
                "SecurityOptions":["name=seccomp,profile=builtin"],"Warnings":null}
                """.formatted(
                        engine.id(),
                        driver,
                        Json.time(engine.clock().instant()),
                        generation.operatingSystem(),
                        engine.name(),
                        generation.version());
    }
}
