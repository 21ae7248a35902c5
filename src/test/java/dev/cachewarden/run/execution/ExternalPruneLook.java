package dev.cachewarden.run.execution;

import org.springframework.context.ApplicationContext;

/** A look for prunes by others at a time of the test's choice. */
public final class ExternalPruneLook {

    private ExternalPruneLook() {}

    /** One step of the loop, in a whole service. */
    public static void in(ApplicationContext service) {
        service.getBean(ExternalPruneSearch.class).search();
    }
}
