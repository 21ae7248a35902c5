package dev.cachewarden.notify.sending;

import dev.cachewarden.notify.channel.Email;
import dev.cachewarden.notify.channel.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends a mail to a relay. Each connection is used once. */
final class MailWire {

    private static final Pattern PERMANENT = Pattern.compile("(?s)5\\d\\d[ -].*");

    private MailWire() {}

    static Outcome send(Email channel, Email.Mail mail, Instant now, Duration timeout) {
        var sender = sender(channel.relay(), timeout);
        try {
            sender.send(message(sender, channel, mail, now));
            return new Outcome.Sent();
        } catch (MailAuthenticationException e) {
            return new Outcome.Refused("The mail server " + channel.relay() + " rejected the user or the password.");
        } catch (MailSendException e) {
            var failure = e.getMessageExceptions().length == 0 ? e.getCause() : e.getMessageExceptions()[0];
            return failed(channel, failure);
        } catch (MailException | MessagingException e) {
            return failed(channel, e);
        }
    }

    private static JavaMailSenderImpl sender(Email.Relay relay, Duration timeout) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(relay.host());
        sender.setPort(relay.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        if (!relay.user().isEmpty()) {
            sender.setUsername(relay.user());
            sender.setPassword(relay.password());
        }
        sender.setJavaMailProperties(properties(relay, timeout));
        return sender;
    }

    /** Returns properties with time limits, because the defaults have none, and with a check of the name in the certificate. */
    private static Properties properties(Email.Relay relay, Duration timeout) {
        var properties = new Properties();
        var millis = Long.toString(timeout.toMillis());
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(!relay.user().isEmpty()));
        switch (relay.security()) {
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    private static MimeMessage message(JavaMailSenderImpl sender, Email channel, Email.Mail mail, Instant now)
            throws MessagingException {
        var message = sender.createMimeMessage();
        var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        helper.setFrom(channel.from());
        helper.setTo(channel.to().toArray(String[]::new));
        helper.setSubject(mail.subject());
        helper.setText(mail.text(), mail.html());
        helper.setSentDate(Date.from(now));
        for (Map.Entry<String, String> header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        return message;
    }

    private static Outcome failed(Email channel, @Nullable Throwable failure) {
        var why = "The mail server " + channel.relay() + " did not accept the mail: "
                + (failure == null ? "" : String.valueOf(failure.getMessage()).strip());
        int code = code(failure);
        if (code >= 500 && code < 600) {
            return new Outcome.Refused(why);
        }
        return new Outcome.Retry(null, code == 0 && causes(failure, SocketTimeoutException.class), why);
    }

    /** Returns the reply code of the relay, or 0 if it sent none. */
    private static int code(@Nullable Throwable failure) {
        int code = 0;
        var next = failure;
        while (next != null) {
            code = Math.max(
                    code,
                    switch (next) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default ->
                            PERMANENT.matcher(String.valueOf(next.getMessage())).matches() ? 500 : 0;
                    });
            next = next instanceof SendFailedException several && several.getNextException() != null
                    ? several.getNextException()
                    : next.getCause();
        }
        return code;
    }

    private static boolean causes(@Nullable Throwable failure, Class<? extends Throwable> type) {
        var next = failure;
        while (next != null && !type.isInstance(next)) {
            next = next.getCause();
        }
        return next != null;
    }

    static String shown(Email channel, Email.Mail mail) {
        var text = new StringBuilder("From: ").append(channel.from());
        text.append("\nTo: ").append(String.join(", ", channel.to()));
        text.append("\nSubject: ").append(mail.subject());
        new TreeMap<>(mail.headers())
                .forEach((name, value) ->
                        text.append('\n').append(name).append(": ").append(value));
        return text.append("\n\n").append(mail.text()).toString();
    }
}
