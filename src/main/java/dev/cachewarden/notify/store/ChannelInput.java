package dev.cachewarden.notify.store;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelReader;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a channel as a user enters it. Absent values have their defaults.
 *
 * <p>Responses contain further fields. They are read-only and ignored here, so that a client can change a response and send it back.
 *
 * @param type a {@link ChannelType}, in any case
 * @param enabled true if absent
 * @param leastSeverity a {@link Severity}, in any case; {@code INFO} if absent
 * @param labels the labels that a notification must have; none if absent
 * @param settings settings by name. A secret of an existing channel stays as it is if it is absent or as in a response.
 *     An empty one is removed.
 */
@JsonIgnoreProperties({"id", "configFile", "delivery"})
public record ChannelInput(
        @Schema(requiredMode = REQUIRED, example = "ops") @Nullable
        String name,

        @Schema(requiredMode = REQUIRED, example = "SLACK") @Nullable
        String type,

        @Nullable Boolean enabled,
        @Nullable String leastSeverity,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> settings) {

    /** The settings that determine where the secrets are sent. */
    private static final List<String> ADDRESSES = List.of("url", "server", "apiUrl", "host", "port", "security");

    /** Returns the definition of a new channel. Throws {@link InvalidInputException} naming the invalid fields. */
    public ChannelDraft draft() {
        return draft(null);
    }

    /**
     * Checks everything except absent secrets, which can be stored already.
     *
     * @throws InvalidInputException naming the invalid fields
     */
    public void check() {
        try {
            draft();
        } catch (InvalidInputException e) {
            var problems = e.problems().stream()
                    .filter(problem -> !isAbsentSecret(problem))
                    .toList();
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
        }
    }

    private boolean isAbsentSecret(FieldProblem problem) {
        var field = problem.field().replaceFirst("^settings[.]", "");
        boolean secret = Arrays.stream(ChannelType.values())
                .filter(one -> one.name().equalsIgnoreCase(Objects.requireNonNullElse(type, "")))
                .flatMap(one -> one.fields().stream())
                .anyMatch(one -> one.secret() && one.name().equals(field));
        return secret
                && !Objects.requireNonNullElse(settings, Map.<String, String>of())
                        .containsKey(field);
    }

    /**
     * Returns the definition of a channel, which is valid.
     *
     * @param before the existing channel, or null for a new one
     */
    ChannelDraft draft(@Nullable ChannelDraft before) {
        var problems = new ArrayList<FieldProblem>();
        var read = constant(ChannelType.values(), type, "type", problems);
        var severity = leastSeverity == null
                ? Severity.INFO
                : constant(Severity.values(), leastSeverity, "leastSeverity", problems);
        if (read == null || severity == null) {
            throw new InvalidInputException(problems);
        }
        var draft = new ChannelDraft(
                Objects.requireNonNullElse(name, ""),
                read,
                !Boolean.FALSE.equals(enabled),
                severity,
                Objects.requireNonNullElse(labels, Map.of()),
                merged(read, before));
        draft.channel();
        return draft;
    }

    private Map<String, String> merged(ChannelType type, @Nullable ChannelDraft before) {
        var merged = new HashMap<>(Objects.requireNonNullElse(settings, Map.<String, String>of()));
        if (before == null || before.type() != type) {
            return merged;
        }
        type.fields().stream()
                .filter(ChannelType.Field::secret)
                .filter(field -> before.settings().containsKey(field.name()))
                .filter(field -> ChannelReader.shown(field, before.settings().getOrDefault(field.name(), ""))
                        .equals(merged.get(field.name())))
                .forEach(field -> merged.remove(field.name()));
        var kept = type.fields().stream()
                .filter(ChannelType.Field::secret)
                .map(ChannelType.Field::name)
                .filter(secret ->
                        !merged.containsKey(secret) && before.settings().containsKey(secret))
                .toList();
        var changed = ADDRESSES.stream()
                .filter(address -> merged.containsKey(address) || !kept.contains(address))
                .filter(address -> !merged.getOrDefault(address, "")
                        .strip()
                        .equals(before.settings().getOrDefault(address, "")))
                .findFirst();
        if (changed.isPresent() && !kept.isEmpty()) {
            throw new InvalidInputException(kept.stream()
                    .map(secret -> new FieldProblem(
                            "settings." + secret,
                            "must be entered again, because '" + changed.get()
                                    + "' changed. Otherwise the stored secret" + " could be sent to another server"))
                    .toList());
        }
        kept.forEach(secret -> merged.put(secret, before.settings().getOrDefault(secret, "")));
        return merged;
    }

    private static <E extends Enum<E>> @Nullable E constant(
            E[] values, @Nullable String text, String field, List<FieldProblem> problems) {
        var name = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
        for (var value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        problems.add(new FieldProblem(
                field, "must be one of " + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "))));
        return null;
    }

    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
