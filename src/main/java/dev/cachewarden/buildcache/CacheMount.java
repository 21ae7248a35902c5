package dev.cachewarden.buildcache;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cache mount, from the description that BuildKit writes: {@code cached mount /root/.npm from exec … with id "npm"}.
 *
 * @param target path in the step that mounts it
 * @param id ID that distinguishes it from other mounts. BuildKit writes it only if it differs from the target; otherwise it is the target
 */
public record CacheMount(String target, String id) {

    private static final Pattern WRITTEN =
            Pattern.compile("cached mount (?<target>\\S+) from .*?(?: with id \"(?<id>[^\"]*)\")?", Pattern.DOTALL);

    /** Returns the mount, or empty if the record is not a cache mount or its description has another form. */
    public static Optional<CacheMount> of(CacheRecord record) {
        if (!record.type().equals(RecordType.EXEC_CACHEMOUNT)) {
            return Optional.empty();
        }
        var matcher = WRITTEN.matcher(record.description());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String target = matcher.group("target");
        String id = matcher.group("id");
        // Since BuildKit 0.9, a mount without an ID has its target after a slash as its ID: "//root/.npm".
        boolean own = id != null && !id.equals("/" + target) && !id.isEmpty();
        return Optional.of(new CacheMount(target, own ? id : target));
    }
}
