package dev.cachewarden.engine;

import dev.cachewarden.buildcache.CacheRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The records of one {@link BuildRecipe}, found again in a reading. Those that are gone are left out.
 *
 * @param links from the base's child on
 */
public record MadeRecords(
        List<CacheRecord> base,
        List<CacheRecord> siblings,
        List<CacheRecord> links,
        List<CacheRecord> mounts,
        List<CacheRecord> last) {

    public static MadeRecords find(BuildRecipe recipe, Collection<CacheRecord> records) {
        String token = recipe.token();
        var base = described(records, token + "-base");
        var links = IntStream.range(0, recipe.links())
                .boxed()
                .flatMap(n -> described(records, token + "-link-" + n + ".").stream())
                .toList();
        var mounts = recipe.mounts().stream()
                .flatMap(name -> described(records, "cached mount /cache/" + token + "-" + name + " ").stream())
                .toList();
        var last = without(described(records, token + "-last"), mounts);
        var siblings = records.stream()
                .filter(record -> base.stream().anyMatch(it -> record.parents().contains(it.id())))
                .filter(record -> !record.description().contains(token))
                .toList();
        return new MadeRecords(base, siblings, links, mounts, last);
    }

    /** All of them, children before their parents. */
    public List<CacheRecord> leavesFirst() {
        return Stream.of(last, mounts, links.reversed(), siblings, base)
                .flatMap(List::stream)
                .toList();
    }

    private static List<CacheRecord> described(Collection<CacheRecord> records, String words) {
        Predicate<CacheRecord> matches = record -> record.description().contains(words);
        return records.stream().filter(matches).toList();
    }

    private static List<CacheRecord> without(List<CacheRecord> all, List<CacheRecord> some) {
        var rest = new ArrayList<>(all);
        rest.removeAll(some);
        return rest;
    }
}
