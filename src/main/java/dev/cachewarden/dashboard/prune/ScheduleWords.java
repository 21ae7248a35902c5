package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.Triggers;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Locale;

/** A description of the schedule of a policy in words. An unusual cron expression is shown as it is. */
final class ScheduleWords {

    private static final String ANY = "*";

    private ScheduleWords() {}

    static String of(Triggers triggers) {
        var parts = new ArrayList<String>();
        if (triggers.cron() != null) {
            parts.add(words(triggers.cron()) + ", " + triggers.timeZone().getId());
        }
        if (triggers.watermark() != null) {
            parts.add("when " + triggers.watermark());
        }
        if (triggers.afterBuilds()) {
            parts.add("after builds");
        }
        if (parts.isEmpty()) {
            return "Manual only";
        }
        if (triggers.window() != null) {
            parts.add("only within " + triggers.window());
        }
        String all = String.join("; ", parts);
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
    }

    private static String words(String cron) {
        String[] fields = cron.strip().split("\\s+");
        if (fields.length != 5 || !fields[3].equals(ANY)) {
            return "Cron " + cron;
        }
        String days = days(fields[2], fields[4]);
        String time = time(fields[0], fields[1]);
        if (days.isEmpty() || time.isEmpty() || !number(fields[1]) && !everyDay(fields[2], fields[4])) {
            return "Cron " + cron;
        }
        return number(fields[1]) ? days + " at " + time : time;
    }

    private static String time(String minute, String hour) {
        if (number(minute) && number(hour)) {
            return String.format(Locale.ROOT, "%02d:%02d", Integer.valueOf(hour), Integer.valueOf(minute));
        }
        if (hour.equals(ANY)) {
            return number(minute)
                    ? "Every hour at minute " + minute
                    : minute.matches("\\*/\\d{1,2}") ? "Every " + minute.substring(2) + " minutes" : "";
        }
        return "";
    }

    private static boolean everyDay(String ofMonth, String ofWeek) {
        return ofMonth.equals(ANY) && ofWeek.equals(ANY);
    }

    private static String days(String ofMonth, String ofWeek) {
        if (ofWeek.equals(ANY)) {
            return everyDay(ofMonth, ofWeek)
                    ? "Every day"
                    : number(ofMonth) ? "On day " + ofMonth + " of each month" : "";
        }
        if (!ofMonth.equals(ANY)) {
            return "";
        }
        if (ofWeek.matches("(?i)1-5|mon-fri")) {
            return "Monday to Friday";
        }
        if (ofWeek.matches("[0-7]")) {
            // In cron, both 0 and 7 mean Sunday.
            int day = ofWeek.equals("0") ? 7 : Integer.parseInt(ofWeek);
            return "Every " + DayOfWeek.of(day).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        }
        for (var day : DayOfWeek.values()) {
            if (day.name().startsWith(ofWeek.toUpperCase(Locale.ROOT)) && ofWeek.length() == 3) {
                return "Every " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            }
        }
        return "";
    }

    private static boolean number(String field) {
        return field.matches("\\d{1,2}");
    }
}
