package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.TargetName;
import dev.cachewarden.progress.VertexState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the text after the view of a failed build: the last lines of the step, and the reason that the client reports. */
final class FailureTail {

    private static final String RULE = "------";
    private static final String[] SAID = {"ERROR: ", "failed to build: ", "failed to solve: "};

    private final Builds builds;
    private @Nullable String printing;
    private boolean opened;
    private boolean inside;
    private boolean any;
    private String why = "";

    /** A step that the view marks as failed. */
    record Failed(String id, String name, @Nullable Duration time) {}

    FailureTail(Builds builds) {
        this.builds = builds;
    }

    /** @param step returns the ID of the step with a name, or null if the view does not show it */
    void line(String line, String words, Function<String, @Nullable String> step) {
        if (words.equals(RULE)) {
            opened = !inside;
            inside = false;
        } else if (opened && words.startsWith("> ")) {
            String name = words.substring(2);
            printing = step.apply(name.endsWith(":") ? name.substring(0, name.length() - 1) : name);
            inside = true;
            opened = false;
            any = false;
        } else if (inside) {
            printed(line);
        } else {
            opened = false;
            parse(words);
        }
    }

    private void printed(String line) {
        if (printing == null) {
            return;
        }
        byte[] text = line.strip().getBytes(StandardCharsets.UTF_8);
        int number = text.length > 0 && text[0] == '#' ? Scan.afterDigits(text, 1, text.length) + 1 : 0;
        int from = Dialect.outputOf(text, Math.min(number, text.length), text.length);
        int begin = Math.max(0, from);
        if (any) {
            builds.current().log(printing, new byte[] {'\n'});
        }
        builds.current().log(printing, text, begin, text.length - begin);
        any = true;
    }

    private void parse(String words) {
        int target = words.startsWith("target ") ? words.indexOf(": failed to ") : -1;
        String rest = target < 0 ? words : words.substring(target + 2);
        boolean solve = false;
        for (String beginning : SAID) {
            if (rest.startsWith(beginning)) {
                rest = rest.substring(beginning.length());
                solve = beginning.equals("failed to solve: ");
            }
        }
        why = solve ? rest : why;
    }

    /** Assigns the reason to the failed step, if there is only one, or only one of the target that the client names. */
    void end(List<Failed> failed) {
        String known = builds.current().failure();
        String reason = why.isEmpty() && known != null ? known : why;
        String target = TargetName.ofFailure(known);
        var named = failed.size() == 1 || target == null
                ? failed
                : failed.stream()
                        .filter(step -> TargetName.first(step.name()).equals(target))
                        .toList();
        if (named.size() == 1 && !reason.isEmpty()) {
            var step = named.getFirst();
            builds.current().ended(step.id(), VertexState.FAILED, step.time(), reason);
        }
    }

    void reset() {
        printing = null;
        opened = false;
        inside = false;
        why = "";
    }
}
