package dev.cachewarden.engine;

import java.util.List;
import java.util.UUID;

/**
 * A build that leaves records of a known shape. With the token {@code T} they are:
 *
 * <ul>
 *   <li>the base: {@code regular}, its description contains {@code T-base};
 *   <li>siblings: {@code regular}, each a child of the base and without children, made by copying a file of {@link
 *       #SIBLING_BYTES} bytes; their descriptions do not contain the token (a COPY is {@code fileop target} to old
 *       engines);
 *   <li>links: {@code regular}, made by RUN; the first is a child of the base, each next one of the link before it; the
 *       description of the n-th, from 0, contains {@code T-link-n.};
 *   <li>cache mounts: {@code exec.cachemount}, mutable, without parents, the description contains {@code /cache/T-NAME};
 *   <li>the last step: {@code regular}, a child of the base, its description contains {@code T-last}, and mounts all
 *       others.
 * </ul>
 *
 * What the base stands on (a copied busybox), and what came in with the context, may be shared with other builds and is
 * not looked at. Every record listed was used by one build, which has ended.
 *
 * <p>Records without children are mutable to BuildKit, those with children are not. The first reading after a build counts
 * as one more use of its cache mounts, seen from the second reading on: BuildKit opens each to find its size.
 *
 * @param token unique, lowercase letters and digits
 * @param siblings how many
 * @param links how many
 * @param mounts names of cache mounts, lowercase letters and digits
 */
public record BuildRecipe(String token, int siblings, int links, List<String> mounts) {

    /** Size of each sibling's file. */
    public static final int SIBLING_BYTES = 3_000;

    /** A recipe that no other build shares. */
    public static BuildRecipe unique(int siblings, int links, String... mounts) {
        return new BuildRecipe(
                "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 16), siblings, links, List.of(mounts));
    }
}
