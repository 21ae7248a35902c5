package dev.cachewarden.rest.list;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Converts responses with a list to CSV: each record with the components {@code items} and {@code next}, such as {@link Page}. */
final class CsvConverter extends AbstractGenericHttpMessageConverter<Object> {

    private final CsvLists lists;

    CsvConverter(CsvLists lists) {
        super(MediaType.parseMediaType(CsvLists.TYPE));
        this.lists = lists;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return items(type).isPresent();
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType media) {
        return false;
    }

    @Override
    public boolean canRead(Type type, @Nullable Class<?> context, @Nullable MediaType media) {
        return false;
    }

    private static Optional<RecordComponent> items(Class<?> type) {
        if (!type.isRecord()) {
            return Optional.empty();
        }
        var components = List.of(type.getRecordComponents());
        return components.stream().anyMatch(one -> one.getName().equals("next"))
                ? components.stream()
                        .filter(one -> one.getName().equals("items"))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    protected void writeInternal(Object list, @Nullable Type type, HttpOutputMessage output) throws IOException {
        var component = items(list.getClass()).orElseThrow();
        var owner = ResolvableType.forType(type == null ? list.getClass() : type);
        var item = ResolvableType.forType(component.getGenericType(), owner)
                .getGeneric(0)
                .toClass();
        // The record can be nested in a controller, and private to its package.
        component.getAccessor().setAccessible(true);
        try {
            lists.write(output.getBody(), item, (Collection<?>)
                    component.getAccessor().invoke(list));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage input) {
        throw new HttpMessageNotReadableException("CSV is not read", input);
    }

    @Override
    public Object read(Type type, @Nullable Class<?> context, HttpInputMessage input) {
        return readInternal(Object.class, input);
    }
}
