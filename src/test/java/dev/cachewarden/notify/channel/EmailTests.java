package dev.cachewarden.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.Notification.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmailTests {

    private final Email email =
            (Email) ChannelReader.read(ChannelType.EMAIL, ChannelRequestTests.settings(ChannelType.EMAIL));

    @Test
    void mailHasBothPartsAndItsOwnId() {
        var mail = email.mail(Messages.firing());

        assertThat(mail.subject()).isEqualTo("Warning: Free space is low on ci-1");
        assertThat(mail.text()).isEqualTo("""
                12.4 GiB of 200 GiB are free.

                Free: 12.4 GiB
                Growth: 18 GiB a day
                Since: 2026-11-30 11:40 UTC

                https://cache.example.com/hosts/7""");
        assertThat(mail.html()).contains("<a href=\"https://cache.example.com/hosts/7\">Open in Cachewarden</a>");
        assertThat(mail.headers())
                .containsEntry("Message-ID", "<" + Messages.ID + "@example.com>")
                .containsEntry("Auto-Submitted", "auto-generated");
    }

    @Test
    void resolvedMailBelongsToTheThreadOfItsFiringOne() {
        var thread = email.mail(Messages.firing()).headers().get("References");

        assertThat(email.mail(Messages.resolved()).headers())
                .containsEntry("References", thread)
                .containsEntry("In-Reply-To", thread);
    }

    @Test
    void textOfStrangersAddsNoHeaderAndNoMarkup() {
        var mail = email.mail(
                Messages.of(Kind.FIRING, "x\r\nBcc: evil@example.com", "<script>alert(1)</script>\n\"&\"", List.of()));

        assertThat(mail.subject()).isEqualTo("Warning: x Bcc: evil@example.com");
        assertThat(mail.html()).contains("&lt;script&gt;alert(1)&lt;/script&gt;<br>&quot;&amp;&quot;");
    }
}
