package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.notify.store.Channels;
import dev.cachewarden.rest.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Channels in a configuration file, applied to a real database. */
class ChannelSectionTests extends ApplierStage {

    private static final String GOTIFY =
            "channels: [{name: ops, type: gotify, settings: {server: 'https://g.example', token: secrettoken1}}]";

    @Autowired
    Channels channels;

    @Test
    void channelIsAddedChangedAndReleased() {
        assertThat(apply(GOTIFY)).extracting(ConfigChange::words).containsExactly("channel ops is added");
        assertThat(apply(GOTIFY)).isEmpty();
        assertThat(channels.all()).extracting(ChannelView::configFile).containsExactly(FILE);

        var changes = apply(GOTIFY.replace("secrettoken1", "secrettoken2"));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.words()).isEqualTo("channel ops is changed");
            assertThat(change.details()).containsExactly(new ConfigChange.Detail("Settings", "", "changed"));
        });
        assertConflict(
                "Channel 'ops' is managed by the configuration file " + FILE + ". Change it there.",
                () -> channels.remove(channels.all().getFirst().id()));

        assertThat(apply("hosts: []"))
                .extracting(ConfigChange::words)
                .containsExactly("channel ops is no longer in the file and is released");
        assertThat(channels.all()).extracting(ChannelView::configFile).containsExactly((String) null);
    }

    @Test
    void secretThatIsNotInTheFileStays() {
        channels.add(
                new ChannelInput(
                        "Ops",
                        "GOTIFY",
                        null,
                        null,
                        null,
                        Map.of("server", "https://g.example", "token", "secrettoken1")),
                "ada");

        var file = "channels: [{name: Ops, type: gotify, settings: {server: 'https://g.example'}}]";
        assertThat(apply(file))
                .extracting(ConfigChange::words)
                .containsExactly("channel Ops was created manually and is taken over by the file");
        assertThat(database.jdbc().queryForObject("select settings->>'token' from notification_channel", String.class))
                .isEqualTo("secrettoken1");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> apply(file.replace("g.example", "evil.example")))
                .withMessageStartingWith("settings.token: must be entered again, because 'server' changed");
    }

    @Test
    void newChannelNeedsItsSecret() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> apply("channels: [{name: ops, type: slack}]"))
                .withMessage("settings.url: is missing");
        assertThat(channels.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            channels: [{type: slack}]                                                  ¦ channels[0].name            ¦ must be 1 to 64 characters on one line
            channels: [{name: ops, type: pigeon}]                                      ¦ channels[0].type            ¦ must be one of WEBHOOK,
            channels: [{name: ops, type: slack, leastSeverity: loud}]                  ¦ channels[0].leastSeverity   ¦ must be one of INFO, WARNING, CRITICAL
            channels: [{name: ops, type: slack, url: x}]                               ¦ channels[0].url             ¦ is an unknown key
            channels: [{name: ops, type: slack, settings: {link: x}}]                  ¦ channels[0].settings.link   ¦ is not a setting of this type
            channels: [{name: ops, type: email, settings: {port: 587}}]                ¦ channels[0].settings.port   ¦ put it in quotes if it is a string
            channels: [{name: ops, type: slack}, {name: OPS, type: slack}]             ¦ channels[1].name            ¦ is also the name of channels[0] on line 1
            channels: [{name: t, type: teams, settings: {url: 'https://a.webhook.office.com/1'}}] ¦ channels[0].settings.url ¦ create 'Post to a channel when a webhook request is received'
            """)
    void errorsNameTheirPlace(String yaml, String at, String reason) {
        assertThat(reader.read(yaml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ConfigReading.Invalid.class,
                        bad -> assertThat(bad.problems()).anySatisfy(problem -> {
                            assertThat(problem.at()).isEqualTo(at);
                            assertThat(problem.reason()).contains(reason);
                        }));
    }
}
