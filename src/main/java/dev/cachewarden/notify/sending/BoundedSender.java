package dev.cachewarden.notify.sending;

import dev.cachewarden.notify.NotifySettings;
import dev.cachewarden.notify.channel.Channel;
import dev.cachewarden.notify.channel.Email;
import dev.cachewarden.notify.channel.HttpChannel;
import dev.cachewarden.notify.channel.Message;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.channel.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Sends messages within limits of time and size. */
@Component
@EnableConfigurationProperties(NotifySettings.class)
class BoundedSender implements ChannelSender, DisposableBean {

    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final int SHOWN = 2 * 1024;

    private final Targets targets;
    private final SSLSocketFactory tls;
    private final InstantSource clock;
    private final Duration total;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notify-", 0).factory());

    @Autowired
    BoundedSender(NotifySettings settings, InstantSource clock) {
        this(
                new Targets(settings.allowedHosts(), InetAddress::getAllByName),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                clock,
                TOTAL);
    }

    BoundedSender(Targets targets, SSLSocketFactory tls, InstantSource clock, Duration total) {
        this.targets = targets;
        this.tls = tls;
        this.clock = clock;
        this.total = total;
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    @Override
    public Attempt send(Channel channel, List<Message> messages) {
        var begin = clock.instant();
        return switch (channel) {
            case HttpChannel http -> post(http, messages, begin);
            case Email email -> mail(email, messages.getFirst(), begin);
        };
    }

    private Attempt post(HttpChannel channel, List<Message> messages, Instant begin) {
        var request = messages.size() == 1
                ? channel.request(messages.getFirst(), begin)
                : channel.together(messages, begin)
                        .orElseThrow(() -> new IllegalArgumentException("This channel takes one message at a time"));
        var shown = channel.redact(request.shown());
        var wire = new HttpWire(tls);
        var result = limited(() -> {
            var address = targets.resolve(request.url().getHost(), HttpWire.isEncrypted(request.url()));
            return wire.post(request, address, total);
        });
        var end = clock.instant();
        var answer = result.value();
        if (answer == null) {
            return new Attempt(
                    failed(channel, request, result, wire.written()), shown, null, "", Duration.between(begin, end));
        }
        return new Attempt(
                redacted(channel, channel.judge(answer, end)),
                shown,
                answer.status(),
                start(channel.redact(answer.body())),
                Duration.between(begin, end));
    }

    private Attempt mail(Email channel, Message message, Instant begin) {
        var mail = channel.mail(message);
        var shown = channel.redact(MailWire.shown(channel, mail));
        var result = limited(() -> {
            var relay = channel.relay();
            // A relay without TLS is for the same network. Its setting forbids a password.
            targets.resolve(relay.host(), relay.security() != Email.Security.NONE);
            return MailWire.send(channel, mail, begin, total);
        });
        var outcome = result.value();
        var duration = Duration.between(begin, clock.instant());
        return new Attempt(
                outcome == null
                        ? failed(channel, channel.relay().toString(), result, true)
                        : redacted(channel, outcome),
                shown,
                null,
                "",
                duration);
    }

    private static String start(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    private static Outcome redacted(Channel channel, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent sent -> sent;
            case Outcome.Retry retry ->
                new Outcome.Retry(retry.after(), retry.unanswered(), channel.redact(retry.why()));
            case Outcome.Refused refused -> new Outcome.Refused(channel.redact(refused.why()));
        };
    }

    private Outcome failed(Channel channel, Request request, Result<?> result, boolean written) {
        return failed(channel, request.url().getHost(), result, written);
    }

    private Outcome failed(Channel channel, String host, Result<?> result, boolean written) {
        var failure = Objects.requireNonNull(result.failure());
        return switch (failure) {
            case Targets.TargetRefusedException refused -> new Outcome.Refused(String.valueOf(refused.getMessage()));
            case UnknownHostException unknown ->
                new Outcome.Retry(null, false, "The host name " + host + " cannot be resolved.");
            case TimeoutException late ->
                new Outcome.Retry(null, written, host + " did not answer within " + total.toSeconds() + " s.");
            case SSLException insecure ->
                new Outcome.Retry(
                        null, written, channel.redact("No TLS connection to " + host + ": " + insecure.getMessage()));
            default ->
                new Outcome.Retry(
                        null, written, channel.redact("No answer from " + host + ": " + failure.getMessage()));
        };
    }

    /** A value, or the failure that prevented it. */
    private record Result<T>(@Nullable T value, @Nullable Exception failure) {}

    /** Runs a task, and interrupts it after the time limit, which closes its connection. */
    private <T> Result<T> limited(Callable<T> task) {
        Future<T> future = threads.submit(task);
        try {
            return new Result<>(future.get(total.toMillis(), TimeUnit.MILLISECONDS), null);
        } catch (TimeoutException e) {
            future.cancel(true);
            return new Result<>(null, e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return new Result<>(null, e);
        } catch (ExecutionException e) {
            return new Result<>(null, known(e));
        }
    }

    private static Exception known(ExecutionException failure) {
        return switch (Objects.requireNonNullElse(failure.getCause(), failure)) {
            case java.net.SocketTimeoutException late -> new TimeoutException(late.getMessage());
            case IOException io -> io;
            case Targets.TargetRefusedException refused -> refused;
            default -> throw new IllegalStateException("Cannot send a message", failure.getCause());
        };
    }
}
