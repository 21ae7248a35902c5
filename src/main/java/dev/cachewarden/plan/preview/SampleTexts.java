package dev.cachewarden.plan.preview;

import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.preview.HostPreviews.Done;
import dev.cachewarden.plan.preview.PolicyPreview.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The descriptions of the few records shown as samples, if planning did not need descriptions. */
final class SampleTexts {

    private final Map<HostId, Map<String, String>> byHost = new HashMap<>();

    private SampleTexts(List<Sample> samples, List<Done> from) {
        var wanted = samples.stream()
                .collect(Collectors.groupingBy(Sample::host, Collectors.mapping(Sample::id, Collectors.toSet())));
        for (var done : from) {
            var host = done.target().host().id();
            var ids = wanted.get(host);
            if (ids != null && done.packed() != null) {
                byHost.put(host, done.packed().descriptions(ids));
            }
        }
    }

    /** Returns the samples with their missing descriptions. */
    static List<Sample> described(List<Sample> samples, List<Done> from) {
        var texts = new SampleTexts(samples, from);
        return samples.stream().map(texts::described).toList();
    }

    private Sample described(Sample sample) {
        var texts = byHost.get(sample.host());
        return texts == null
                ? sample
                : new Sample(
                        sample.host(),
                        sample.hostName(),
                        sample.id(),
                        sample.type(),
                        texts.getOrDefault(sample.id(), sample.description()),
                        sample.bytes(),
                        sample.lastUsedAt(),
                        sample.reason());
    }
}
