package dev.cachewarden.buildcache;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cache mount's description tells of it, as BuildKit writes it: {@code cached mount /root/.npm from exec … with id "npm"}.
 *
 * @param target the path in the step that mounts it
 * @param id what tells it from other mounts. BuildKit names it only where it differs from the target; else it is the target
 */
public record CacheMount(String target, String id) {

    private static final Pattern WRITTEN =
            Pattern.compile("cached mount (?<target>\\S+) from .*?(?: with id \"(?<id>[^\"]*)\")?", Pattern.DOTALL);

    /** Empty where the record is no cache mount, or its description is not of this form. */
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
        // From BuildKit 0.9 on the id of a mount without one is its target behind a slash: "//root/.npm".
        boolean own = id != null && !id.equals("/" + target) && !id.isEmpty();
        return Optional.of(new CacheMount(target, own ? id : target));
    }
}
