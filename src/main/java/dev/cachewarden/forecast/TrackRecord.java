package dev.cachewarden.forecast;

/**
 * How good the last forecasts of a disk were.
 *
 * @param checked number of forecasts with an outcome, at most 20
 * @param held number of them whose range contained what happened
 */
public record TrackRecord(int checked, int held) {

    /** The number of forecasts that count. */
    public static final int MOST = 20;

    /** Returns the record as a sentence: {@code 16 of the last 20 forecasts held.} */
    public String text() {
        return checked == 0
                ? "No forecast of this host could be checked yet."
                : held + " of the last " + checked + (checked == 1 ? " forecast held." : " forecasts held.");
    }
}
