package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault.Lie;

/** A cache record as {@code /system/df} writes it; the keys of parents differ by generation and API version. */
final class RecordJson {

    private static final String YEAR_ONE = "\"0001-01-01T00:00:00Z\"";

    /** One more than a Java long holds. */
    private static final String TOO_LARGE = "9223372036854775808";

    private final EngineState engine;
    private final boolean withParents;

    RecordJson(EngineState engine, ApiVersion api) {
        this.engine = engine;
        this.withParents = api.atLeast(42) || engine.generation().containerdImageStore();
    }

    void append(StringBuilder json, RecordView record) {
        json.append('{');
        if (!engine.lies(Lie.MISSING_KEYS)) {
            json.append("\"ID\":\"").append(record.id()).append("\",");
        }
        appendParents(json, record);
        if (!engine.lies(Lie.MISSING_KEYS)) {
            json.append("\"Type\":\"")
                    .append(engine.lies(Lie.UNKNOWN_TYPES) ? "quantum.foam" : record.type())
                    .append("\",");
        }
        json.append("\"Description\":");
        Json.quote(json, record.description());
        json.append(",\"InUse\":").append(record.inUse());
        json.append(",\"Shared\":").append(record.shared());
        appendNumbersAndTimes(json, record);
        json.append('}');
    }

    private void appendParents(StringBuilder json, RecordView record) {
        if (engine.generation().oneParent()) {
            json.append("\"Parent\":\"")
                    .append(record.parents().isEmpty() ? "" : record.parents().getFirst())
                    .append("\",");
        } else if (withParents && !record.parents().isEmpty()) {
            // The space is in the engine's code, from 23.0 to 29.7 at least.
            json.append("\" Parents\":[\"")
                    .append(String.join("\",\"", record.parents()))
                    .append("\"],");
        }
    }

    private void appendNumbersAndTimes(StringBuilder json, RecordView record) {
        boolean outOfRange = engine.lies(Lie.NUMBERS_OUT_OF_RANGE);
        boolean yearOne = engine.lies(Lie.YEAR_ONE);
        if (!engine.lies(Lie.MISSING_KEYS)) {
            json.append(",\"Size\":").append(outOfRange ? TOO_LARGE : Long.toString(record.size()));
        }
        json.append(",\"CreatedAt\":").append(yearOne ? YEAR_ONE : "\"" + Json.time(record.createdAt()) + "\"");
        json.append(",\"LastUsedAt\":");
        if (record.lastUsedAt() == null) {
            json.append("null");
        } else {
            json.append(yearOne ? YEAR_ONE : "\"" + Json.time(record.lastUsedAt()) + "\"");
        }
        json.append(",\"UsageCount\":").append(outOfRange ? -5 : record.usageCount());
    }
}
