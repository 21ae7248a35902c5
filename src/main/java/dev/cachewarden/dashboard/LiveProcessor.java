package dev.cachewarden.dashboard;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * An attribute that makes its element a part of the page that the browser reloads while the page is visible. The value becomes the ID of
 * the element.
 */
final class LiveProcessor extends AbstractAttributeTagProcessor {

    private final Shell shell;

    LiveProcessor(String prefix, Shell shell) {
        super(TemplateMode.HTML, prefix, null, false, "live", true, 1000, true);
        this.shell = shell;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String id,
            IElementTagStructureHandler structure) {
        structure.setAttribute("id", id);
        structure.setAttribute("data-live", "");
        structure.setAttribute("hx-get", shell.here());
        structure.setAttribute("hx-trigger", "cw-refresh");
        structure.setAttribute("hx-target", "this");
        structure.setAttribute("hx-select", "#" + id);
        structure.setAttribute("hx-swap", "outerHTML");
    }
}
