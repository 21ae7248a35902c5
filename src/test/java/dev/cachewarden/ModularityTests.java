package dev.cachewarden;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The packages are modules, and the arrows between them are those that their {@code package-info} allows. */
class ModularityTests {

    @Test
    void arrowsGoOnlyWhereDeclared() {
        ApplicationModules.of(Application.class).verify();
    }
}
