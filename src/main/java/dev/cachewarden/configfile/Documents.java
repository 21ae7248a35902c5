package dev.cachewarden.configfile;

import dev.cachewarden.policy.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a section as a document: each component of the record is a key of the section. */
final class Documents {

    private Documents() {}

    /** Reads all keys of the section. Records an error for each invalid value, and for each key that the document does not have. */
    static <R extends Record> R read(Section section, Class<R> type) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> value(section, component))
                .toArray();
        section.end();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create " + type.getSimpleName(), e);
        }
    }

    private static @Nullable Object value(Section section, RecordComponent component) {
        String key = component.getName();
        var type = component.getType();
        if (type == String.class) {
            return component.isAnnotationPresent(Quantity.class) ? section.amount(key) : section.text(key);
        }
        if (type == Boolean.class) {
            return section.flag(key);
        }
        if (type.isRecord()) {
            var inner = section.section(key);
            return inner == null ? null : read(inner, type.asSubclass(Record.class));
        }
        var item = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return item == String.class
                ? section.texts(key)
                : section.sections(key).stream()
                        .map(each -> read(each, item.asSubclass(Record.class)))
                        .toList();
    }
}
