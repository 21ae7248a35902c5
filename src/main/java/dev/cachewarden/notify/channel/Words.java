package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The texts that all services show. */
final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** Returns the title in one line, with the severity or state before it. */
    static String title(Notification notification) {
        return state(notification) + ": " + line(notification.title());
    }

    static String state(Notification notification) {
        return switch (notification.kind()) {
            case RESOLVED -> "Resolved";
            case TEST -> "Test";
            case FIRING, DIGEST ->
                switch (notification.severity()) {
                    case INFO -> "Info";
                    case WARNING -> "Warning";
                    case CRITICAL -> "Critical";
                };
        };
    }

    static String since(Notification notification) {
        return TIME.format(notification.since());
    }

    /** Returns the text, the facts, and the start as plain text, without the link. */
    static String plain(Notification notification) {
        return body(notification, UnaryOperator.identity());
    }

    /** Returns the text, the facts, and the start, with escaped values. */
    static String body(Notification notification, UnaryOperator<String> escape) {
        var text = new StringBuilder(escape.apply(notification.text()));
        text.append('\n');
        for (Fact fact : notification.facts()) {
            text.append('\n')
                    .append(escape.apply(line(fact.label())))
                    .append(": ")
                    .append(escape.apply(fact.value()));
        }
        return text.append("\nSince: ").append(since(notification)).toString();
    }

    /** Returns a plain body within a limit of UTF-16 units, which always ends with the link. */
    static String plain(Message message, int mostUnits) {
        var link = message.link();
        var end = link == null ? "" : "\n\n" + link;
        return Cut.units(plain(message.notification()), mostUnits - end.length()) + end;
    }

    /** Returns a text without line breaks and control characters, which would begin a new header of a mail. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
