package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.ProjectName.Known;
import dev.cachewarden.progress.BuildProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inputs of a build frontend, from the attributes in the build history of BuildKit. */
final class HistoryAttributes {

    private static final int MOST_STAGES = 4;
    private static final String ARGUMENT = "build-arg:";
    private static final String LABEL = "label:com.docker.compose.";
    private static final Pattern IMAGE =
            Pattern.compile("naming to (?:docker\\.io/(?:library/)?)?(\\S+?)(?::[^/:@\\s]+)?(?:@\\S+)?");
    private static final Pattern SCHEME_AND_END = Pattern.compile("^[a-z+]+://|^git@|\\.git(?=$|#)");
    private static final Pattern STAGE =
            Pattern.compile("\\[(?:\\S+/\\S+ )?(?:(\\S+) +)?\\d+/\\d+] (?:FROM (\\S+))?.*", Pattern.DOTALL);

    private final Map<String, String> attributes;

    public HistoryAttributes(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    /** Returns the values of the build arguments by name. The values can be secret. */
    public Map<String, String> arguments() {
        var arguments = new TreeMap<String, String>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(ARGUMENT)) {
                arguments.put(name.substring(ARGUMENT.length()), value);
            }
        });
        return arguments;
    }

    /**
     * Returns the inputs of the build.
     *
     * @param progress redacted progress, without vertices while the build runs
     * @param digests digests of the build arguments, by name
     */
    public BuildOutline outline(BuildProgress progress, Map<String, String> digests) {
        return new BuildOutline(
                project(progress),
                null,
                text("vcs:revision"),
                null,
                text("filename"),
                text("target"),
                list("platform"),
                attributes.containsKey("no-cache"),
                digests);
    }

    private ProjectName project(BuildProgress progress) {
        String named = text(ARGUMENT + "BUILDKIT_BUILD_NAME");
        if (named != null) {
            return new ProjectName(named, Known.BUILD_NAME);
        }
        String repository = text("vcs:source");
        if (repository == null
                && text("context") != null
                && String.valueOf(text("context")).contains(".git")) {
            repository = text("context");
        }
        if (repository != null) {
            return new ProjectName(repository(repository) + folder(), Known.REPOSITORY);
        }
        String service = text(LABEL + "service");
        if (service != null) {
            String project = text(LABEL + "project");
            return new ProjectName(project == null ? service : project + "/" + service, Known.COMPOSE);
        }
        String image = image(progress);
        return image != null
                ? new ProjectName(image, Known.IMAGE)
                : new ProjectName(dockerfile(progress), Known.DOCKERFILE);
    }

    /** Returns the name of a repository: {@code https://token@host/a/b.git#main} becomes {@code host/a/b}. */
    static String repository(String address) {
        String plain = SCHEME_AND_END.matcher(Redaction.address(address)).replaceAll("");
        int fragment = plain.indexOf('#');
        return (fragment < 0 ? plain : plain.substring(0, fragment)).replace(':', '/');
    }

    /** Returns the suffix for the directory of the Dockerfile, since each Dockerfile of a repository is a separate project. */
    private String folder() {
        String folder = text("vcs:localdir:dockerfile");
        return folder == null || folder.equals(".") ? "" : "/" + folder;
    }

    private static @Nullable String image(BuildProgress progress) {
        return progress.vertices().stream()
                .flatMap(vertex -> vertex.statuses().stream())
                .map(status -> IMAGE.matcher(status.id()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                // The name that the containerd image store gives to an image without a name.
                .filter(image -> !image.equals("moby-dangling"))
                .findFirst()
                .orElse(null);
    }

    private String dockerfile(BuildProgress progress) {
        var stages = progress.vertices().stream()
                .map(vertex -> STAGE.matcher(vertex.name()))
                .filter(matcher -> matcher.matches())
                .flatMap(matcher -> Stream.of(
                        String.valueOf(matcher.group(1)),
                        matcher.group(2) == null ? "null" : plainImage(matcher.group(2))))
                // A name that contained the value of a build argument cannot identify the project.
                .filter(name -> !name.equals("null") && name.indexOf('‹') < 0)
                .distinct()
                .sorted()
                .limit(MOST_STAGES)
                .toList();
        String file = text("filename") == null ? "Dockerfile" : String.valueOf(text("filename"));
        return stages.isEmpty() ? file : file + " of " + String.join(", ", stages);
    }

    private static String plainImage(String reference) {
        String image = reference.replaceFirst("@.*", "").replaceFirst("^docker\\.io/(library/)?", "");
        return image.replaceFirst(":[^/:]+$", "");
    }

    private @Nullable String text(String name) {
        String text = attributes.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    private List<String> list(String name) {
        String text = text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).sorted().toList();
    }
}
