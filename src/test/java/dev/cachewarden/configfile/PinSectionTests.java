package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.PinParts;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Pins of the fleet in a configuration file. */
class PinSectionTests {

    private static final SettableClock CLOCK = new SettableClock("2026-09-01T12:00:00Z");
    private static final JdbcTemplate NO_DATABASE = new JdbcTemplate(new DriverManagerDataSource());

    @Test
    void readPinsAlone() {
        assertThat(read("pins: [{filter: 'mountTarget==/root/.m2', note: slow}, {filter: id==abc}]"))
                .isInstanceOfSatisfying(
                        ConfigReading.Valid.class,
                        good -> assertThat(good.content().pins())
                                .extracting(FleetPin.Draft::filter, FleetPin.Draft::note)
                                .extracting(Object::toString)
                                .containsExactly("(mountTarget==/root/.m2, \"slow\")", "(id==abc, \"\")"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            pins: id==a                                       ¦ pins            ¦ is a string, not a list
            pins: [id==a]                                     ¦ pins[0]         ¦ is a string, not a mapping; write {filter: …, note: …}
            pins: [{note: x}]                                 ¦ pins[0].filter  ¦ is missing; use one such as mountTarget==/root/.m2
            pins: [{filter: id==a}, {filter: volume==b}]      ¦ pins[1].filter  ¦ 'volume==b' does not start with a record field; use one of id, type,
            pins: [{filter: 'description~=('}]                ¦ pins[0].filter  ¦ is not a valid regular expression
            pins: [{filter: id==a, reason: x}]                ¦ pins[0].reason  ¦ is an unknown key. Known keys: filter, note
            pins: [{filter: id==a, not: x}]                   ¦ pins[0].not     ¦ Did you mean 'note'?
            pins: [{filter: id==a}, {filter: id==a, note: x}] ¦ pins[1].filter  ¦ is also the filter of pins[0] on line 1; remove one of them
            pins: [{filter: id==a, note: 7}]                  ¦ pins[0].note    ¦ put it in quotes if it is a string
            """)
    void nameTheBadPlaceAndWhatToDo(String yaml, String at, String reason) {
        assertThat(read(yaml))
                .isInstanceOfSatisfying(
                        ConfigReading.Invalid.class,
                        bad -> assertThat(bad.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.at()).isEqualTo(at);
                            assertThat(problem.reason()).contains(reason);
                        }));
    }

    @Test
    void refuseAnEndlessNoteAndTooManyPins() {
        assertThat(read("pins: [{filter: id==a, note: " + "x".repeat(201) + "}]"))
                .isInstanceOfSatisfying(
                        ConfigReading.Invalid.class,
                        bad -> assertThat(bad.problems())
                                .extracting(ConfigProblem::at)
                                .containsExactly("pins[0].note"));
        assertThat(read(pins(500))).isInstanceOf(ConfigReading.Valid.class);
        assertThat(read(pins(501)))
                .isInstanceOfSatisfying(
                        ConfigReading.Invalid.class,
                        bad -> assertThat(bad.problems())
                                .extracting(ConfigProblem::toString)
                                .containsExactly("line 1, pins has 501 pins; the maximum is 500"));
    }

    private static String pins(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{filter: id==r" + i + "}")
                .collect(Collectors.joining(", ", "pins: [", "]"));
    }

    private static ConfigReading read(String yaml) {
        var policies = PolicyParts.withoutDatabase(CLOCK);
        var pins = PinParts.pins(NO_DATABASE, policies, FakeHosts.leadingTo(), CLOCK);
        return new ConfigReader(policies, pins).read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
