package dev.cachewarden.dashboard;

import java.util.function.BiConsumer;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/** An attribute that writes its value into its element, or removes the element if the value is null. */
final class ValueProcessor<T> extends AbstractAttributeTagProcessor {

    private final Class<T> type;
    private final BiConsumer<T, IElementTagStructureHandler> writer;

    ValueProcessor(String prefix, String name, Class<T> type, BiConsumer<T, IElementTagStructureHandler> writer) {
        // After th:if and th:each, and before processors that only set attributes.
        super(TemplateMode.HTML, prefix, null, false, name, true, 1000, true);
        this.type = type;
        this.writer = writer;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        var value = StandardExpressions.getExpressionParser(context.getConfiguration())
                .parseExpression(context, expression)
                .execute(context);
        if (value == null) {
            structure.removeElement();
            return;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(attribute + "=\"" + expression + "\" is a "
                    + value.getClass().getName() + ", not a " + type.getName());
        }
        writer.accept(type.cast(value), structure);
    }
}
