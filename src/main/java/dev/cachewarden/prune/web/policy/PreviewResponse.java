package dev.cachewarden.prune.web.policy;

import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.preview.PolicyPreview;
import dev.cachewarden.prune.web.SumResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do, in an answer.
 *
 * @param oldestSnapshotAt of the readings it is worked out from; null: there is none
 * @param byRule by its number from 1
 * @param activeVersion the saved one it is compared with; null: none
 * @param active what that would delete
 * @param changeBytes how much more than that this would; negative: less
 * @param deletedSamples the largest of what goes
 * @param keptSamples the largest of what stays
 */
record PreviewResponse(
        @Nullable Instant oldestSnapshotAt,
        SumResponse planned,
        SumResponse kept,
        Map<String, SumResponse> byRule,
        Map<String, SumResponse> byType,
        Map<String, SumResponse> keptByReason,
        List<HostResponse> hosts,
        List<UnknownResponse> unknown,
        @Nullable Integer activeVersion,
        @Nullable SumResponse active,
        @Nullable Long changeBytes,
        List<SampleResponse> deletedSamples,
        List<SampleResponse> keptSamples,
        List<PolicyView.Warning> warnings) {

    /** @param active what the saved version would delete there; null: there is none to compare with */
    record HostResponse(
            long hostId,
            String hostName,
            SumResponse planned,
            SumResponse kept,
            @Nullable SumResponse active) {}

    /** A host in scope that cannot be told of. */
    record UnknownResponse(long hostId, String hostName, String reason) {}

    record SampleResponse(
            long hostId,
            String hostName,
            String id,
            String type,
            String description,
            long sizeBytes,
            @Nullable Instant lastUsedAt,
            String reason) {

        static List<SampleResponse> of(List<PolicyPreview.Sample> samples) {
            return samples.stream()
                    .map(sample -> new SampleResponse(
                            sample.host().value(),
                            sample.hostName(),
                            sample.id(),
                            sample.type().name(),
                            sample.description(),
                            sample.bytes(),
                            sample.lastUsedAt(),
                            sample.reason()))
                    .toList();
        }
    }

    static PreviewResponse of(PolicyPreview preview) {
        var active = preview.active();
        return new PreviewResponse(
                preview.oldest(),
                SumResponse.of(preview.going()),
                SumResponse.of(preview.staying()),
                SumResponse.of(preview.byRule()),
                SumResponse.of(preview.byType()),
                SumResponse.of(preview.keptByReason()),
                preview.hosts().stream()
                        .map(host -> new HostResponse(
                                host.host().value(),
                                host.name(),
                                SumResponse.of(host.going()),
                                SumResponse.of(host.staying()),
                                host.active() == null ? null : SumResponse.of(host.active())))
                        .toList(),
                preview.unknown().stream()
                        .map(host -> new UnknownResponse(host.host().value(), host.name(), host.reason()))
                        .toList(),
                active == null ? null : active.version(),
                active == null ? null : SumResponse.of(active.going()),
                active == null ? null : preview.change(),
                SampleResponse.of(preview.deleted()),
                SampleResponse.of(preview.kept()),
                preview.warnings());
    }
}
