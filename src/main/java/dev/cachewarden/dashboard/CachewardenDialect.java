package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.processor.IProcessor;

/**
 * Attributes that write a value in a readable form and also keep the exact value:
 *
 * <pre>{@code
 * <data cw:bytes="${size}">     33.4 GiB, the bytes in value and title
 * <data cw:count="${records}">  5,300, the number in value
 * <time cw:ago="${instant}">    3 min ago, the instant in datetime and title
 * <time cw:at="${instant}">     2026-11-20 12:04 UTC
 * <div cw:live="hosts">         reloaded every few seconds
 * }</pre>
 */
@Component
class CachewardenDialect extends AbstractProcessorDialect {

    private static final String PREFIX = "cw";

    private final Words words;

    private final Shell shell;

    CachewardenDialect(Words words, Shell shell) {
        super("Cachewarden", PREFIX, 1000);
        this.words = words;
        this.shell = shell;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(
                new LiveProcessor(prefix, shell),
                new ValueProcessor<>(prefix, "bytes", ByteSize.class, (size, tag) -> {
                    tag.setAttribute("value", Long.toString(size.bytes()));
                    tag.setAttribute("title", size.exact());
                    tag.setBody(size.toString(), false);
                }),
                new ValueProcessor<>(prefix, "count", Number.class, (number, tag) -> {
                    tag.setAttribute("value", number.toString());
                    tag.setBody(words.count(number.longValue()), false);
                }),
                new ValueProcessor<>(prefix, "ago", Instant.class, (instant, tag) -> {
                    tag.setAttribute("datetime", instant.toString());
                    tag.setAttribute("title", words.exact(instant));
                    tag.setAttribute("data-ago", "");
                    tag.setBody(words.ago(instant), false);
                }),
                new ValueProcessor<>(prefix, "at", Instant.class, (instant, tag) -> {
                    tag.setAttribute("datetime", instant.toString());
                    tag.setAttribute("title", words.exact(instant));
                    tag.setBody(words.minute(instant), false);
                }));
    }
}
