package dev.cachewarden.run.web;

import dev.cachewarden.plan.preview.PolicyPreview;
import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.web.PolicyRequest;
import dev.cachewarden.policy.web.SumResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for previews of unsaved policies. */
@RestController
class PreviewController {

    private final PolicyPreviews previews;

    PreviewController(PolicyPreviews previews) {
        this.previews = previews;
    }

    /**
     * Calculates a preview from the last snapshots. It stores and deletes nothing.
     *
     * @param compareWith the ID of a saved policy to compare with
     */
    @PostMapping("/api/v1/policies/preview")
    PreviewResponse previewPolicy(
            @RequestBody PolicyRequest request, @RequestParam(required = false) @Nullable Long compareWith) {
        return PreviewResponse.of(previews.of(request.policy(), compareWith));
    }

    /**
     * A preview of a policy in a response.
     *
     * @param oldestSnapshotAt the time of the oldest snapshot that the preview is based on, or null if there is none
     * @param byRule by rule number, from 1
     * @param activeVersion the saved version that the preview is compared with, or null if there is none
     * @param active the records that the saved version would delete
     * @param changeBytes how many more bytes this policy would delete than the saved version; negative for fewer bytes
     * @param deletedSamples the largest records to delete
     * @param keptSamples the largest records to keep
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

        /**
         * The preview of one host.
         *
         * @param active the records that the saved version would delete there, or null if there is none to compare with
         */
        record HostResponse(
                long hostId,
                String hostName,
                SumResponse planned,
                SumResponse kept,
                @Nullable SumResponse active) {}

        /** A host in the scope without a preview. */
        record UnknownResponse(long hostId, String hostName, String reason) {}

        /** A record that the policy would delete. */
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
                    SumResponse.of(preview.effect().deleted()),
                    SumResponse.of(preview.effect().kept()),
                    SumResponse.of(preview.effect().byRule()),
                    SumResponse.of(preview.effect().byType()),
                    SumResponse.of(preview.effect().keptByReason()),
                    preview.hosts().stream()
                            .map(host -> new HostResponse(
                                    host.host().value(),
                                    host.name(),
                                    SumResponse.of(host.deleted()),
                                    SumResponse.of(host.kept()),
                                    host.active() == null ? null : SumResponse.of(host.active())))
                            .toList(),
                    preview.unknown().stream()
                            .map(host -> new UnknownResponse(host.host().value(), host.name(), host.reason()))
                            .toList(),
                    active == null ? null : active.version(),
                    active == null ? null : SumResponse.of(active.deleted()),
                    active == null ? null : preview.change(),
                    SampleResponse.of(preview.deleted()),
                    SampleResponse.of(preview.kept()),
                    preview.warnings());
        }
    }
}
