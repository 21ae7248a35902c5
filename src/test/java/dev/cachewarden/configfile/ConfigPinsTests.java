package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pins of the fleet that a file adds, changes and leaves out. */
class ConfigPinsTests extends ApplierStage {

    private static final String PINS = """
            pins:
              - {filter: "mountTarget==/root/.m2", note: slow to download}
              - {filter: id==abc}
            """;

    @Test
    void areAppliedOnceAndHoldInEveryPlan() {
        var changes = apply(PINS);

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly("pin mountTarget==/root/.m2 is added", "pin id==abc is added");
        assertThat(details(changes)).containsExactly("Note:  > slow to download");
        assertThat(pins.all()).extracting(FleetPin::configFile).containsExactly(FILE, FILE);
        assertThat(pins.all()).extracting(FleetPin::createdBy).containsOnly("configuration file (0123456789ab)");
        assertThat(pins.active().all())
                .extracting(Object::toString)
                .containsExactly("mountTarget==/root/.m2", "id==abc");
        assertThat(applier.entries()).isEqualTo(2);

        assertThat(apply(PINS)).isEmpty();
    }

    @Test
    void areChangedOnlyInTheFile() {
        apply(PINS);
        long id = pins.all().getFirst().id();

        assertConflict(
                "Pin 'mountTarget==/root/.m2' is managed by the configuration file /etc/cachewarden.yml"
                        + " and was not removed. Remove it from the file.",
                () -> pins.remove(id));
        assertThatThrownBy(() -> pins.add("id==abc", null, "ada")).isInstanceOf(InvalidInputException.class);
        assertThat(pins.all()).hasSize(2);

        assertThat(details(apply(PINS.replace("slow to download", "rare"))))
                .containsExactly("Note: slow to download > rare");
        assertThat(pins.all()).extracting(FleetPin::note).containsExactly("rare", "");
    }

    @Test
    void ofAPersonAreTakenOver() {
        long id = pins.add("id==abc", "by ada", "ada").id();

        assertThat(apply(PINS))
                .extracting(ConfigChange::words)
                .contains("pin id==abc was created manually and is taken over by the file");

        assertThat(pins.all()).filteredOn(pin -> pin.id() == id).singleElement().satisfies(pin -> {
            assertThat(pin.configFile()).isEqualTo(FILE);
            assertThat(pin.createdBy()).isEqualTo("ada");
            assertThat(pin.note()).isEmpty();
        });
    }

    /** A file that lost its end must not lose what it protects. */
    @Test
    void stayInForceWhenTheFileLeavesThemOut() {
        apply(PINS);
        pins.add("id==own", null, "ada");

        var changes = apply("pins: [{filter: id==abc}]");

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly("pin mountTarget==/root/.m2 is no longer in the file and is released");
        assertThat(pins.active().all()).hasSize(3);
        assertThat(applier.entries()).isEqualTo(1);
        pins.remove(pins.all().getFirst().id());
        assertThat(pins.active().all()).extracting(Object::toString).containsExactly("id==abc", "id==own");
    }

    @Test
    void areReleasedWithTheFile() {
        apply(PINS);

        assertThat(applier.release()).isEqualTo(2);

        assertThat(pins.all()).extracting(FleetPin::configFile).containsOnlyNulls();
    }

    @Test
    void areExportedAsAFileThatChangesNothing() {
        apply(PINS);

        String exported = ConfigYaml.of(hosts.all(), policies.all(), pins.all(), List.of());

        assertThat(exported).contains("filter: mountTarget==/root/.m2", "note: slow to download");
        assertThat(apply(exported)).isEmpty();
    }

    @Test
    void beyondTheMostAreRefusedWithAllOfTheFile() {
        for (int i = 0; i < 499; i++) {
            pins.add("id==r" + i, null, "ada");
        }

        assertThatThrownBy(() -> apply(PINS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exceeds the limit of 500 pins");

        assertThat(pins.all()).hasSize(499);
    }

    private static List<String> details(List<ConfigChange> changes) {
        return changes.stream()
                .flatMap(change -> change.details().stream())
                .map(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .toList();
    }
}
