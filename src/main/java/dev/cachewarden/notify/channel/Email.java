package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Severity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mail addresses, and the relay that accepts mail for them.
 *
 * @param relay the server and the credentials for it
 * @param from address of the sender
 * @param to addresses of the recipients, at least one
 */
public record Email(Relay relay, String from, List<String> to) implements Channel {

    private static final int SUBJECT = 200;
    private static final int NAME_OF_HOST = 253;

    /** The encryption of the connection to a relay. */
    public enum Security {
        /** TLS from the start, usually on port 465. */
        TLS,
        /** TLS after a command, usually on port 587. Without it, nothing is sent. */
        STARTTLS,
        /** No encryption, for a relay in the same network. */
        NONE
    }

    /**
     * A mail server.
     *
     * @param user name for the sign-in, or empty if the relay requires none
     * @param password secret, or empty
     */
    public record Relay(String host, int port, Security security, String user, String password) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * A mail.
     *
     * @param headers further headers with their values
     */
    public record Mail(String subject, String text, String html, Map<String, String> headers) {}

    @Override
    public List<String> secrets() {
        return List.of(relay.password());
    }

    /** Returns the mail for a message. Mails about the same state belong to the same thread. */
    public Mail mail(Message message) {
        var notification = message.notification();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Message-ID", id(notification.id()));
        var thread = id(UUID.nameUUIDFromBytes(
                (notification.key() + "\n" + notification.since()).getBytes(StandardCharsets.UTF_8)));
        headers.put("In-Reply-To", thread);
        headers.put("References", thread);
        headers.put("Auto-Submitted", "auto-generated");
        if (notification.severity() == Severity.CRITICAL) {
            headers.put("Importance", "high");
        }
        var text = Words.plain(message, Integer.MAX_VALUE);
        return new Mail(Cut.units(Words.title(notification), SUBJECT), text, html(message), Map.copyOf(headers));
    }

    private String id(UUID id) {
        var domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return "<" + id + "@" + Cut.units(domain.isEmpty() ? "cachewarden" : domain, NAME_OF_HOST) + ">";
    }

    private static String html(Message message) {
        var notification = message.notification();
        var html = new StringBuilder("<html><body style=\"font-family:sans-serif\"><h2>")
                .append(escape(Words.title(notification)))
                .append("</h2><p>")
                .append(escape(notification.text()))
                .append("</p><table>");
        notification.facts().forEach(fact -> row(html, fact));
        row(html, new Fact("Since", Words.since(notification)));
        html.append("</table>");
        link(html, message.link());
        return html.append("</body></html>").toString();
    }

    private static void link(StringBuilder html, @Nullable String link) {
        if (link != null) {
            html.append("<p><a href=\"").append(escape(link)).append("\">Open in Cachewarden</a></p>");
        }
    }

    private static void row(StringBuilder html, Fact fact) {
        html.append("<tr><th align=\"left\">")
                .append(escape(fact.label()))
                .append("</th><td>")
                .append(escape(fact.value()))
                .append("</td></tr>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "<br>");
    }
}
