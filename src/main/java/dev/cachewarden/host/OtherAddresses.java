package dev.cachewarden.host;

import dev.cachewarden.text.CleanText;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Addresses that other tools accept and Cachewarden does not, each with instructions for the user. */
final class OtherAddresses {

    private static final int LONGEST_SHOWN = 200;

    private static final String CONTAINER = "names a container, which Cachewarden cannot connect to. Make its buildkitd"
            + " listen on a port (--addr tcp://0.0.0.0:1234 with TLS) or on a socket file in a shared volume. Enter"
            + " that tcp:// or unix:// address with the type buildkitd";

    private static final String WEB = "is the address of a web page. Enter a Docker Engine as"
            + " tcp://name:2375, or with TLS as tcp://name:2376";

    /** Instructions by scheme; each text follows the address. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry(
                    "ssh",
                    "uses SSH, which Cachewarden does not support for engines. Forward the socket, for example"
                            + " with ssh -NL /run/ci.sock:/var/run/docker.sock user@name, and enter"
                            + " unix:///run/ci.sock"),
            Map.entry(
                    "npipe",
                    "is a Windows named pipe, which Cachewarden cannot open. Make the engine listen on a port with"
                            + " TLS, and enter tcp://name:2376"),
            Map.entry("docker-container", CONTAINER),
            Map.entry("podman-container", CONTAINER),
            Map.entry("nerdctl-container", CONTAINER),
            Map.entry(
                    "kube-pod",
                    "names a Kubernetes pod. Expose its buildkitd with TLS through a Service, and enter"
                            + " tcp://service:1234 with the type buildkitd"),
            Map.entry("http", WEB),
            Map.entry("https", WEB),
            Map.entry(
                    "fd",
                    "is a socket that systemd passes to an engine. Enter the path of the socket itself, usually"
                            + " unix:///var/run/docker.sock"));

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?.*", Pattern.DOTALL);
    private static final Pattern NAME_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):\\d{1,5}/?");
    private static final Pattern WINDOWS = Pattern.compile("(?:\\\\\\\\|//)\\.[\\\\/]pipe[\\\\/].*", Pattern.DOTALL);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);

    /** The names of contexts that Docker allows. */
    private static final Pattern CONTEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*");

    private OtherAddresses() {}

    /** Returns why an address that is neither {@code unix://} nor {@code tcp://} is rejected. */
    static IllegalArgumentException refused(String text) {
        if (WINDOWS.matcher(text).matches()) {
            return refused(text, String.valueOf(INSTEAD.get("npipe")));
        }
        if (text.startsWith("/") || text.startsWith("~") || text.startsWith("./")) {
            String path = text.startsWith("/") ? text : "/path/to/docker.sock";
            return refused(text, "is a path. Write it as an address, such as unix://" + shown(path));
        }
        if (NAME_AND_PORT.matcher(text).matches()) {
            return refused(text, "has no scheme. Write tcp://" + shown(text));
        }
        if (DRIVE.matcher(text).matches()) {
            return notAnAddress(text);
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            String name = scheme.group(1).toLowerCase(Locale.ROOT);
            String instead = INSTEAD.get(name);
            if (instead != null) {
                return refused(text, instead);
            }
            return name.equals("unix") || name.equals("tcp") ? twoSlashes(text, name) : unknownScheme(text, name);
        }
        return CONTEXT.matcher(text).matches()
                ? refused(
                        text,
                        "is not an address. For a Docker context, enter the address that docker context inspect"
                                + " shows. For a host, enter tcp://name:port")
                : notAnAddress(text);
    }

    private static IllegalArgumentException twoSlashes(String text, String scheme) {
        return refused(
                text,
                "is not a valid " + scheme + " address. Write "
                        + (scheme.equals("unix") ? "unix:///path/to/docker.sock" : "tcp://name:port")
                        + ", in lower case and with all slashes");
    }

    private static IllegalArgumentException unknownScheme(String text, String scheme) {
        return refused(
                text,
                "begins with " + scheme + ":, which Cachewarden does not support. Write unix:///path/to/docker.sock or"
                        + " tcp://name:port");
    }

    static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "'" + shown(text) + "' is not an address; write unix:///path/to/docker.sock or tcp://name:port");
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("'" + shown(text) + "' " + why);
    }

    private static String shown(String text) {
        return CleanText.line(text, LONGEST_SHOWN);
    }
}
