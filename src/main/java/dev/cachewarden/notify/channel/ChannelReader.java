package dev.cachewarden.notify.channel;

import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a channel, and collects all of their errors. */
public final class ChannelReader {

    private static final int LONGEST = 2_000;
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;
    private static final int MOST_RECIPIENTS = 50;
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>,;\"]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern VISIBLE = Pattern.compile("[ -~]*");
    private static final List<String> OLD_TEAMS = List.of("webhook.office.com", "outlook.office.com");

    private final Map<String, String> settings;
    private final List<FieldProblem> problems = new ArrayList<>();

    private ChannelReader(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * Returns the channel with these settings.
     *
     * @param settings texts by the name of their field; blank ones are absent
     * @throws InvalidInputException naming each invalid field
     */
    public static Channel read(ChannelType type, Map<String, String> settings) {
        var reader = new ChannelReader(settings);
        reader.checkNames(type);
        if (reader.problems.isEmpty()) {
            var channel = reader.channel(type);
            if (reader.problems.isEmpty()) {
                return channel;
            }
        }
        throw new InvalidInputException(reader.problems);
    }

    /**
     * Returns a setting as it may be shown: without its secret part.
     *
     * @param value the setting; may be empty
     */
    public static String shown(ChannelType.Field field, String value) {
        if (!field.secret() || value.isEmpty()) {
            return value;
        }
        if (field.name().equals("url")) {
            return Redaction.url(URI.create(value));
        }
        return Redaction.end(value);
    }

    private void checkNames(ChannelType type) {
        var known = type.fields().stream().map(ChannelType.Field::name).toList();
        settings.forEach((name, value) -> {
            if (!known.contains(name)) {
                problem(name, "is not a setting of this type. Its settings are " + String.join(", ", known));
            } else if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
                problem(name, "must be at most " + LONGEST + " characters on one line, without control characters");
            }
        });
        type.fields().stream()
                .filter(field -> field.required() && text(field.name()).isEmpty())
                .forEach(field -> problem(field.name(), "is missing"));
    }

    private Channel channel(ChannelType type) {
        return switch (type) {
            case WEBHOOK -> new Webhook(url("url", null), keys(), header("authorization"));
            case EMAIL -> new Email(relay(), mail("from", text("from")), recipients());
            case SLACK -> new Slack(url("url", null));
            case MATTERMOST, ROCKET_CHAT -> new SlackLike(url("url", null));
            case TEAMS -> new Teams(teams());
            case DISCORD -> new Discord(url("url", null));
            case TELEGRAM ->
                new Telegram(
                        url("apiUrl", "https://api.telegram.org"),
                        matching("token", "[A-Za-z0-9:_-]+", "must be a token such as 123456:ABC…"),
                        matching("chatId", "-?\\d{1,20}|@\\w{1,64}", "must be a number, or a name that starts with @"),
                        matching("threadId", "\\d{0,18}", "must be a number"));
            case NTFY ->
                new Ntfy(
                        url("server", "https://ntfy.sh"),
                        matching("topic", "[-_A-Za-z0-9]{1,64}", "must be 1 to 64 letters, digits, - and _"),
                        header("token"));
            case GOTIFY -> new Gotify(url("server", null), header("token"));
            case PAGERDUTY ->
                new PagerDuty(
                        url("apiUrl", "https://events.pagerduty.com"),
                        matching("routingKey", "[A-Za-z0-9]{32}", "must be 32 letters and digits"));
            case ALERTMANAGER -> new Alertmanager(url("server", null), header("authorization"));
            case APPRISE -> new Apprise(url("server", null), text("key"), text("tag"));
        };
    }

    private String text(String name) {
        return settings.getOrDefault(name, "").strip();
    }

    private void problem(String field, String reason) {
        problems.add(new FieldProblem(field, reason));
    }

    private String matching(String name, String pattern, String otherwise) {
        var text = text(name);
        if (!text.matches(pattern)) {
            problem(name, otherwise);
        }
        return text;
    }

    private String header(String name) {
        var text = text(name);
        if (!VISIBLE.matcher(text).matches()) {
            problem(name, "must be visible ASCII characters");
        }
        return text;
    }

    /** Returns a URL. Errors do not quote it, because it can be a secret. */
    private URI url(String name, @Nullable String otherwise) {
        var text = text(name).isEmpty() && otherwise != null ? otherwise : text(name);
        try {
            var url = URI.create(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            problem(name, "is no URL. Copy it again from the service");
            return URI.create("https://invalid");
        }
        problem(name, "must start with https:// or http:// and a host, without user, password, and fragment");
        return URI.create("https://invalid");
    }

    private URI teams() {
        var url = url("url", null);
        var host = url.getHost().toLowerCase(Locale.ROOT);
        if (OLD_TEAMS.stream().anyMatch(old -> host.equals(old) || host.endsWith("." + old))) {
            problem(
                    "url",
                    "is an Office 365 connector, which Microsoft has shut down. In Teams, open Workflows on the"
                            + " channel, create 'Post to a channel when a webhook request is received', and use its URL."
                            + " Add a co-owner, because the workflow ends with the account of its owner");
        }
        return url;
    }

    private List<String> keys() {
        var keys = Stream.of("secret", "previousSecret")
                .filter(name -> !text(name).isEmpty())
                .toList();
        keys.forEach(this::checkKey);
        if (keys.equals(List.of("previousSecret"))) {
            problem("previousSecret", "requires the new secret");
        }
        return keys.stream().map(this::text).toList();
    }

    private void checkKey(String name) {
        try {
            int size = Webhook.bytes(text(name)).length;
            if (size >= SHORTEST_KEY && size <= LONGEST_KEY) {
                return;
            }
        } catch (IllegalArgumentException e) {
            problem(name, "must be whsec_ and Base64");
            return;
        }
        problem(name, "must be whsec_ and " + SHORTEST_KEY + " to " + LONGEST_KEY + " bytes in Base64");
    }

    private Email.Relay relay() {
        var security = security();
        var port = text("port").isEmpty() ? usualPort(security) : text("port");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            problem("port", "must be from 1 to 65535");
            port = "0";
        }
        if (!HOST.matcher(text("host")).matches()) {
            problem("host", "must be a host name or an IP address");
        }
        if (text("user").isEmpty() != text("password").isEmpty()) {
            problem("password", "requires a user, and a user requires a password");
        }
        if (security == Email.Security.NONE && !text("password").isEmpty()) {
            problem("security", "must be tls or starttls, because the password would be sent without encryption");
        }
        return new Email.Relay(text("host"), Integer.parseInt(port), security, text("user"), text("password"));
    }

    private static String usualPort(Email.Security security) {
        return switch (security) {
            case TLS -> "465";
            case STARTTLS -> "587";
            case NONE -> "25";
        };
    }

    private Email.Security security() {
        var text = text("security").toUpperCase(Locale.ROOT);
        return Arrays.stream(Email.Security.values())
                .filter(security -> security.name().equals(text))
                .findFirst()
                .orElseGet(() -> {
                    if (!text.isEmpty()) {
                        problem("security", "must be starttls, tls, or none");
                    }
                    return Email.Security.STARTTLS;
                });
    }

    private List<String> recipients() {
        var all = Arrays.stream(text("to").split("[,;]"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toList());
        all.forEach(one -> mail("to", one));
        if (all.isEmpty() || all.size() > MOST_RECIPIENTS) {
            problem("to", "must be 1 to " + MOST_RECIPIENTS + " addresses");
        }
        return List.copyOf(all);
    }

    private String mail(String field, String address) {
        if (!MAIL.matcher(address).matches()) {
            problem(field, "must contain only addresses such as ops@example.com");
        }
        return address;
    }
}
