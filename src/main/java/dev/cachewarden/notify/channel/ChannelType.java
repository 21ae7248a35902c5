package dev.cachewarden.notify.channel;

import java.util.List;

/** A kind of channel, with its settings in the order of a form. */
public enum ChannelType {
    WEBHOOK(
            "Webhook",
            Field.secret("url", "URL", "https://hooks.example.com/cachewarden"),
            Field.optionalSecret("secret", "Secret", "whsec_…; signs each request"),
            Field.optionalSecret("previousSecret", "Previous secret", "also signs each request during a rotation"),
            Field.optionalSecret("authorization", "Authorization header", "Bearer …")),
    EMAIL(
            "E-mail",
            Field.required("host", "Mail server", "smtp.example.com"),
            Field.optional("port", "Port", "587"),
            Field.optional("security", "Encryption", "starttls, tls, or none; starttls if absent"),
            Field.optional("user", "User", ""),
            Field.optionalSecret("password", "Password", ""),
            Field.required("from", "From", "cachewarden@example.com"),
            Field.required("to", "To", "ops@example.com, dev@example.com")),
    SLACK("Slack", Field.secret("url", "Webhook URL", "https://hooks.slack.com/services/…")),
    MATTERMOST("Mattermost", Field.secret("url", "Webhook URL", "https://chat.example.com/hooks/…")),
    ROCKET_CHAT("Rocket.Chat", Field.secret("url", "Webhook URL", "https://chat.example.com/hooks/…")),
    TEAMS("Microsoft Teams", Field.secret("url", "Workflow URL", "https://….logic.azure.com/workflows/…")),
    DISCORD("Discord", Field.secret("url", "Webhook URL", "https://discord.com/api/webhooks/…")),
    TELEGRAM(
            "Telegram",
            Field.secret("token", "Bot token", "123456:ABC…"),
            Field.required("chatId", "Chat ID", "-1001234567890"),
            Field.optional("threadId", "Topic ID", ""),
            Field.optional("apiUrl", "API URL", "https://api.telegram.org")),
    NTFY(
            "ntfy",
            Field.optional("server", "Server URL", "https://ntfy.sh"),
            Field.secret("topic", "Topic", ""),
            Field.optionalSecret("token", "Access token", "tk_…")),
    GOTIFY(
            "Gotify",
            Field.required("server", "Server URL", "https://gotify.example.com"),
            Field.secret("token", "Application token", "")),
    PAGERDUTY(
            "PagerDuty",
            Field.secret("routingKey", "Integration key", ""),
            Field.optional("apiUrl", "API URL", "https://events.pagerduty.com")),
    ALERTMANAGER(
            "Alertmanager",
            Field.required("server", "Server URL", "https://alertmanager.example.com"),
            Field.optionalSecret("authorization", "Authorization header", "Bearer …")),
    APPRISE(
            "Apprise",
            Field.required("server", "Server URL", "https://apprise.example.com"),
            Field.secret("key", "Configuration key", ""),
            Field.optional("tag", "Tag", ""));

    /**
     * A setting of a channel.
     *
     * @param name name in JSON and in the configuration file
     * @param label name on pages
     * @param required whether it has no default
     * @param secret whether it is never shown again
     * @param example an example or the default
     */
    public record Field(String name, String label, boolean required, boolean secret, String example) {

        private static Field required(String name, String label, String example) {
            return new Field(name, label, true, false, example);
        }

        private static Field optional(String name, String label, String example) {
            return new Field(name, label, false, false, example);
        }

        private static Field secret(String name, String label, String example) {
            return new Field(name, label, true, true, example);
        }

        private static Field optionalSecret(String name, String label, String example) {
            return new Field(name, label, false, true, example);
        }
    }

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of() is immutable.
    private final List<Field> fields;

    ChannelType(String label, Field... fields) {
        this.label = label;
        this.fields = List.of(fields);
    }

    /** Returns the name on pages. */
    public String label() {
        return label;
    }

    public List<Field> fields() {
        return fields;
    }
}
